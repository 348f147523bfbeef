"""A plain agent on the Python SDK, with nothing of ours, in a thread of the test: it does what it is asked.

What it is asked are words, one after another:

    say:TEXT       a status message          write:TEXT    a chunk of the artifact "brief"
    table          an artifact with a table  svg           an artifact with a file in a text part
    raw:NAME       a file of that name       model:NAME    names the model in the answers from now on
    ask:TEXT       waits for an answer       approve:TOOL  waits for a yes to a call of the tool
    reject         rejects, with the nearest candidates
    fail:TEXT      fails                     hang          waits for `release`
    files          tells which files it got  about         tells what the metadata of the message says
    (a data part)  is told as it came
    hello:TEXT     answers with a message instead of a task
    cut            breaks the connection, and goes on when `release` is set
"""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, MutableMapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from a2a.helpers import new_text_message
from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.routes import create_agent_card_routes, create_jsonrpc_routes
from a2a.server.tasks import InMemoryTaskStore, TaskUpdater
from a2a.types import AgentCard, Part, Task, TaskState, TaskStatus
from google.protobuf.json_format import MessageToDict, ParseDict
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agentia_testing.cards import card_1_0
from agentia_testing.threaded import threaded

NEAREST = {"name": "analyst", "skill": "analyse-tables", "skill_name": "Analyse tables", "score": 31.4}
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@dataclass(slots=True)
class Switches:
    """What a test sets while the agent works."""

    release: threading.Event = field(default_factory=threading.Event)
    cut: threading.Event = field(default_factory=threading.Event)
    spoilt: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class StockAgent:
    """`url` ends with `/`."""

    url: str
    switches: Switches

    @property
    def release(self) -> threading.Event:
        """Lets `hang` and `cut` go on."""
        return self.switches.release

    def spoil_card(self) -> None:
        """From now on the card is one that nobody can use."""
        self.switches.spoilt.set()


@contextmanager
def stock_agent(**card: Any) -> Generator[StockAgent]:
    """Serve the agent on a free port until the block ends; `card` replaces fields of its card."""
    switches = Switches()
    with threaded(lambda url: _app(url, card, switches)) as url:
        try:
            yield StockAgent(url, switches)
        finally:
            switches.release.set()


def _app(url: str, changes: dict[str, Any], switches: Switches) -> ASGIApp:
    card = ParseDict(card_1_0(url, **changes), AgentCard())
    handler = DefaultRequestHandler(
        agent_executor=_Obedient(switches), task_store=InMemoryTaskStore(), agent_card=card
    )
    routes = [*create_agent_card_routes(card), *create_jsonrpc_routes(handler, "/", enable_v0_3_compat=True)]
    return _Spoilable(_Cutting(Starlette(routes=routes), switches), switches)


class _Obedient(AgentExecutor):
    """Follows the words of the message."""

    def __init__(self, switches: Switches) -> None:
        self._switches = switches

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Do one word after another, then complete unless a word ended the task."""
        words = context.get_user_input().split()
        if words[0].startswith("hello:"):
            await event_queue.enqueue_event(new_text_message(words[0].removeprefix("hello:")))
            return
        if context.current_task is None:
            begun = Task(id=context.task_id, context_id=context.context_id)
            begun.status.CopyFrom(TaskStatus(state=TaskState.TASK_STATE_SUBMITTED))
            await event_queue.enqueue_event(begun)
        work = _Work(TaskUpdater(event_queue, context.task_id or "", context.context_id or ""), context)
        await work.tell_data()
        for word in words:
            name, _, rest = word.partition(":")
            if name in ("hang", "cut"):
                await self._wait(cut=name == "cut", work=work)
            elif await work.follow(name, rest):
                return
        await work.updater.complete()

    async def _wait(self, *, cut: bool, work: _Work) -> None:
        import anyio.to_thread

        if cut:
            self._switches.cut.set()
            await work.follow("say", "cutting")
        await anyio.to_thread.run_sync(self._switches.release.wait, 30, abandon_on_cancel=True)

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Cancel at once."""
        await TaskUpdater(event_queue, context.task_id or "", context.context_id or "").cancel()


class _Work:
    """One task's words. Text has `_` for a space."""

    def __init__(self, updater: TaskUpdater, context: RequestContext) -> None:
        self.updater = updater
        self._context = context
        self._model: dict[str, Any] = {}
        known = context.current_task.artifacts if context.current_task else []
        self._begun = {artifact.artifact_id for artifact in known}

    async def follow(self, name: str, rest: str) -> bool:
        """Do a word; true when it ended the task or parked it."""
        text = rest.replace("_", " ").replace("\\n", "\n")
        match name:
            case "say":
                await self.updater.start_work(self._message(text))
            case "write":
                await self._artifact("brief", [Part(text=text)], append=True)
            case "model":
                self._model = {"urn:agentia:model": rest}
            case "table" | "svg" | "raw":
                await self._made(name, rest)
            case "files" | "about":
                await self._artifact("told", [Part(text=self._told(name))])
            case "ask":
                await self.updater.requires_input(self._message(text))
                return True
            case "approve":
                call = {"callId": "c1", "tool": rest, "arguments": {"to": "everybody"}}
                wanted = ParseDict({"data": {"interruptions": [call]}}, Part())
                await self.updater.requires_input(self.updater.new_agent_message([wanted]))
                return True
            case "reject":
                nearest = ParseDict({"data": {"nearest": [NEAREST]}}, Part())
                parts = [Part(text="Nobody can do that."), nearest]
                await self.updater.reject(self.updater.new_agent_message(parts))
                return True
            case "fail":
                await self.updater.failed(self._message(text))
                return True
            case _:
                await self._artifact("brief", [Part(text=f"{name} ")], append=True)
        return False

    async def tell_data(self) -> None:
        """Tell the data parts of the message, if there are any."""
        parts = self._context.message.parts if self._context.message else []
        for part in parts:
            if part.HasField("data"):
                await self._artifact("told", [Part(text=json.dumps(MessageToDict(part.data)))])

    async def _made(self, name: str, rest: str) -> None:
        columns = [{"name": "region", "type": "text"}, {"name": "total", "type": "number"}]
        data = {"columns": columns, "rows": [["North", 12.5], ["South", 7]]}
        parts = {
            "table": ParseDict({"data": data}, Part()),
            "svg": Part(text=SVG, media_type="image/svg+xml", filename="chart.svg"),
            "raw": Part(raw=b"\x00\x01", media_type="application/octet-stream", filename=rest),
        }
        await self._artifact({"table": "revenue"}.get(name, name), [parts[name]])

    def _told(self, name: str) -> str:
        if name == "about":
            message = self._context.message
            return json.dumps(MessageToDict(message.metadata) if message else {})
        parts = self._context.message.parts if self._context.message else []
        return " ".join(f"{p.filename}={p.media_type}={len(p.raw)}" for p in parts if p.filename)

    async def _artifact(self, name: str, parts: list[Part], *, append: bool = False) -> None:
        append = append and name in self._begun
        self._begun.add(name)
        await self.updater.add_artifact(
            parts, artifact_id=name, name=name, append=append, metadata=self._model or None
        )

    def _message(self, text: str) -> Any:
        return self.updater.new_agent_message([Part(text=text)], metadata=self._model or None)


class _Cutting:
    """Breaks the connection of the stream that runs while `cut` is set."""

    def __init__(self, app: ASGIApp, switches: Switches) -> None:
        self._app = app
        self._switches = switches

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, but for the events after the cut."""

        async def cutting(message: Message) -> None:
            await send(message)
            if (
                message["type"] == "http.response.body"
                and _says_cutting(message)
                and self._switches.cut.is_set()
            ):
                self._switches.cut.clear()
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                raise ConnectionAbortedError

        with suppress(ConnectionAbortedError):
            await self._app(scope, receive, cutting)


class _Spoilable:
    """Gives away a card without interfaces once it is `spoilt`."""

    def __init__(self, app: ASGIApp, switches: Switches) -> None:
        self._app = app
        self._switches = switches

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but the card."""
        if self._switches.spoilt.is_set() and scope["path"].endswith(".json"):
            await JSONResponse({"name": "spoilt"})(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _says_cutting(message: MutableMapping[str, Any]) -> bool:
    return b"cutting" in message.get("body", b"")
