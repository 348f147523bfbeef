"""The executor that both sides run, and the two servers: the SDK's in-memory handler, and the kit on SQLite.

python benchmarks/kit/echo.py sdk|kit PORT [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn
from a2a.helpers import new_task_from_user_message
from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.request_handlers import DefaultRequestHandler
from a2a.server.routes import create_agent_card_routes, create_jsonrpc_routes, create_rest_routes
from a2a.server.tasks import InMemoryTaskStore, TaskUpdater
from a2a.types.a2a_pb2 import AgentCard, Part
from google.protobuf.json_format import ParseDict
from starlette.applications import Starlette

from agentia_kit import serve

CARD = {
    "name": "echo",
    "description": "Says what it is told.",
    "version": "1.0.0",
    "supportedInterfaces": [
        {"url": "http://127.0.0.1/", "protocolBinding": "JSONRPC", "protocolVersion": "1.0"}
    ],
    "capabilities": {"streaming": True},
    "defaultInputModes": ["text/plain"],
    "defaultOutputModes": ["text/plain"],
    "skills": [{"id": "echo", "name": "Echo", "description": "Echoes.", "tags": ["echo"]}],
}


class Echo(AgentExecutor):
    """A task, an artifact with the words, completed; `stream N` makes N artifact chunks."""

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Echo."""
        assert context.message is not None
        task = context.current_task or new_task_from_user_message(context.message)
        await event_queue.enqueue_event(task)
        updater = TaskUpdater(event_queue, task.id, task.context_id)
        text = context.get_user_input()
        chunks = int(text.split()[1]) if text.startswith("stream ") else 1
        for number in range(chunks):
            await updater.add_artifact([Part(text=text)], "echo", "echo", append=number > 0)
        await updater.complete()

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Nothing runs long enough."""


def sdk() -> Starlette:
    """The SDK's own server, as its documentation builds it."""
    card = ParseDict(CARD, AgentCard())
    handler = DefaultRequestHandler(Echo(), InMemoryTaskStore(), card)
    routes = [
        *create_agent_card_routes(card),
        *create_jsonrpc_routes(handler, "/"),
        *create_rest_routes(handler),
    ]
    return Starlette(routes=routes)


if __name__ == "__main__":
    side, port = sys.argv[1], int(sys.argv[2])
    if side == "sdk":
        uvicorn.run(sdk(), port=port, log_level="warning", access_log=False)
    else:
        serve(Echo(), CARD, port=port, log=Path(sys.argv[3]) / "echo.db")
