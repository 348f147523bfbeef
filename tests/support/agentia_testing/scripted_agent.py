"""An executor for the SDK that does what the text of the message says, one word after another."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.tasks import TaskUpdater
from a2a.types.a2a_pb2 import Message, Part, Role
from a2a.utils.errors import UnsupportedOperationError

from agentia_kit import Card, Skill

CARD = Card("scripted", "Does what it is told.", skills=[Skill("do", "Do", "Does it", ["do"])])


class Scripted(AgentExecutor):
    """Words: `work`, `chunk:TEXT`, `done`, `ask`, `auth`, `reject`, `message`, `raise`, `refuse`, `hang`,
    `hang-once`, `stubborn`.

    `hang` waits for `release`, `hang-once` only in the first execution of the diary; `stubborn` makes a
    later cancel refuse. `entered` counts executions.
    """

    def __init__(self, diary: Path | None = None) -> None:
        self.release = asyncio.Event()
        self.at_work = asyncio.Event()
        self.let_go = asyncio.Event()
        self.entered = 0
        self.stopped = 0
        self.seen: list[RequestContext] = []
        self._stubborn = False
        self._diary = diary

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Follow the words."""
        self.entered += 1
        self.at_work.set()
        self.seen.append(context)
        if self._diary is not None:
            with self._diary.open("a") as diary:
                diary.write(f"{context.task_id}\n")
        updater = TaskUpdater(event_queue, context.task_id or "", context.context_id or "")
        try:
            for word in context.get_user_input().split():
                await self._follow(word, updater, event_queue)
        except asyncio.CancelledError:
            self.stopped += 1
            self.let_go.set()
            raise

    async def _follow(self, word: str, updater: TaskUpdater, queue: EventQueue) -> None:
        match word.partition(":"):
            case ("work", _, _):
                await updater.start_work()
            case ("chunk", _, text):
                await updater.add_artifact([Part(text=text)], artifact_id="out", name="out", append=True)
            case ("done", _, _):
                await updater.complete()
            case ("ask", _, _):
                await updater.requires_input(updater.new_agent_message([Part(text="Which one?")]))
            case ("auth", _, _):
                await updater.requires_auth()
            case ("reject", _, _):
                await updater.reject()
            case ("message", _, text):
                await queue.enqueue_event(_message(text or "hello"))
            case ("raise", _, _):
                raise RuntimeError("the disk\nTraceback (most recent call last)")
            case ("refuse", _, _):
                raise UnsupportedOperationError("not today")
            case ("hang", _, _):
                await self.release.wait()
            case ("hang-once", _, _):
                if self._diary is None or len(self._diary.read_text().splitlines()) == 1:
                    await self.release.wait()
            case ("stubborn", _, _):
                self._stubborn = True
            case _:
                pass

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Cancel, unless stubborn."""
        if self._stubborn:
            raise UnsupportedOperationError("no way back")
        await TaskUpdater(event_queue, context.task_id or "", context.context_id or "").cancel()


def _message(text: str) -> Message:
    return Message(message_id="m", role=Role.ROLE_AGENT, parts=[Part(text=text)])


def user(text: str, message_id: str = "", **fields: Any) -> Message:
    """A message of the caller."""
    from uuid import uuid4

    return Message(
        message_id=message_id or uuid4().hex, role=Role.ROLE_USER, parts=[Part(text=text)], **fields
    )
