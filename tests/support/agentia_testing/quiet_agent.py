"""An agent that tells little on its own: its answer is found only by asking for the task.

`streams=True`: a stream tells the states alone, as fasta2a's does; the artifact lies in the task.
`streams=False`: a send answers at once with a task that goes on for `rounds` reads.

What it is asked decides: `history` answers with a message and no artifact, `ask` wants an answer first.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from agentia_testing.threaded import threaded

Json = dict[str, Any]


@dataclass
class QuietAgent:
    """`url` ends with `/`; `calls` are the methods that were called, in their order."""

    streams: bool
    rounds: int
    url: str = ""
    calls: list[str] = field(default_factory=list[str])
    keys: list[str] = field(default_factory=list[str])
    """The header `Authorization` of each call."""
    tasks: dict[str, Json] = field(default_factory=dict[str, Json])

    async def endpoint(self, request: Request) -> Response:
        """JSON-RPC."""
        call: Json = await request.json()
        self.calls.append(call["method"])
        self.keys.append(request.headers.get("authorization", ""))
        match call["method"]:
            case "SendStreamingMessage" if self.streams:
                events = self._events(call["id"], call["params"]["message"])
                return StreamingResponse(events, media_type="text/event-stream")
            case "SendMessage":
                return JSONResponse(_result(call["id"], {"task": self._begun(call["params"]["message"])}))
            case "GetTask":
                return JSONResponse(_result(call["id"], self._read(call["params"]["id"])))
            case _:
                error = {"code": -32004, "message": "This agent does not stream."}
                return JSONResponse({"jsonrpc": "2.0", "id": call["id"], "error": error})

    async def _events(self, id_: int, message: Json) -> AsyncGenerator[str]:
        task = self._begun(message)
        yield _sent(id_, {"task": task})
        state = self._ended(task)
        update = {"taskId": task["id"], "contextId": task["contextId"], "status": {"state": state}}
        yield _sent(id_, {"statusUpdate": update})

    def _begun(self, message: Json) -> Json:
        """A new task, or the one that the message goes on with, as it stands at first."""
        known = self.tasks.get(message.get("taskId", ""))
        task = known or {"id": str(uuid.uuid4()), "contextId": "c", "history": [], "artifacts": []}
        task["history"].append(message)
        task["left"] = self.rounds
        self.tasks[task["id"]] = task
        return _shown(task, "TASK_STATE_SUBMITTED")

    def _read(self, id_: str) -> Json:
        task = self.tasks[id_]
        task["left"] -= 1
        if not self.streams and task["left"] > 0:
            return _shown(task, "TASK_STATE_WORKING")
        return _shown(task, task.get("state") or self._ended(task))

    def _ended(self, shown: Json) -> str:
        task = self.tasks[shown["id"]]
        words = task["history"][-1]["parts"][0]["text"]
        task["state"] = "TASK_STATE_COMPLETED"
        if words == "history":
            said = {"messageId": str(uuid.uuid4()), "role": "ROLE_AGENT", "parts": [{"text": "Said so."}]}
            task["history"].append(said)
        elif words != "thanks":
            artifact_id = str(uuid.uuid4())
            answer = {"artifactId": artifact_id, "name": "result", "parts": [{"text": f"Heard {words}."}]}
            task["artifacts"].append(answer)
        if words == "ask":
            task["state"] = "TASK_STATE_INPUT_REQUIRED"
        return task["state"]


@contextmanager
def quiet_agent(*, streams: bool, rounds: int = 3) -> Generator[QuietAgent]:
    """Serve the agent until the block ends."""
    agent = QuietAgent(streams, rounds)
    app = Starlette(routes=[Route("/", agent.endpoint, methods=["POST"])])
    with threaded(lambda _: app) as agent.url:
        yield agent


def _shown(task: Json, state: str) -> Json:
    ended = state not in ("TASK_STATE_SUBMITTED", "TASK_STATE_WORKING")
    artifacts = {"artifacts": task["artifacts"]} if ended else {}
    return {
        "id": task["id"],
        "contextId": task["contextId"],
        "status": {"state": state},
        "history": task["history"],
    } | artifacts


def _result(id_: int, result: Json) -> Json:
    return {"jsonrpc": "2.0", "id": id_, "result": result}


def _sent(id_: int, result: Json) -> str:
    return f"data: {json.dumps(_result(id_, result))}\n\n"
