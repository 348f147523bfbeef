"""The agent that the A2A TCK tests: built with the kit, it does what a message id asks for.

python tests/tck/agent.py [PORT]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.tasks import TaskUpdater
from a2a.types.a2a_pb2 import Message, Part, Role

from agentia_kit import data, serve

RESUBSCRIBE_SECONDS = 4
"""Twice the time that the TCK's streams may be silent."""

CARD = {
    "name": "tck",
    "description": "Follows the scenarios of the A2A TCK.",
    "version": "1.0.0",
    # The TCK validates the card by the schema of 1.0 alone, so the agent does not offer 0.3.
    "supportedInterfaces": [
        {"url": "", "protocolBinding": "JSONRPC", "protocolVersion": "1.0"},
        {"url": "", "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0"},
    ],
    "capabilities": {"streaming": True, "pushNotifications": True},
    # CORE-SEND-003 wants its made-up media type to succeed, so the agent takes any.
    "defaultInputModes": ["*/*"],
    "defaultOutputModes": ["text/plain", "application/json"],
    "skills": [
        {
            "id": "tck",
            "name": "Scenarios",
            "description": "Does what the prefix of the message id asks for.",
            "tags": ["tck"],
        }
    ],
}

FILE = Part(raw=b"tck", media_type="text/plain", filename="output.txt")
LINK = Part(url="https://example.com/output.txt", media_type="text/plain", filename="output.txt")

ARTIFACTS = {
    "tck-artifact-file-url": [LINK],
    "tck-artifact-file": [FILE],
    "tck-artifact-text": [Part(text="Generated text content")],
    "tck-artifact-data": [data({"key": "value", "count": 42})],
    "tck-stream-artifact-text": [Part(text="Streamed text content")],
    "tck-stream-artifact-file": [FILE],
    "tck-stream-ordering-001": [Part(text="Ordered output")],
    "tck-stream-001": [Part(text="Stream hello from TCK")],
    "tck-stream-003": [Part(text="Stream task lifecycle")],
}
"""What each scenario makes; a longer prefix comes before a shorter one."""


class Scenarios(AgentExecutor):
    """One branch for each kind of scenario."""

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Do what the message id asks for; an unknown one completes."""
        updater = TaskUpdater(event_queue, context.task_id or "", context.context_id or "")
        message_id = context.message.message_id if context.message else ""
        if message_id.startswith("tck-message-response"):
            await event_queue.enqueue_event(_direct())
        elif message_id.startswith("tck-input-required"):
            await updater.requires_input()
        elif message_id.startswith("tck-reject-task"):
            await updater.reject(updater.new_agent_message([Part(text="rejected")]))
        elif message_id.startswith("test-resubscribe-message-id"):
            await updater.start_work()
            await asyncio.sleep(RESUBSCRIBE_SECONDS)
            await updater.complete()
        elif message_id.startswith("tck-stream-artifact-chunked"):
            await _chunks(updater)
        elif parts := next(
            (made for prefix, made in ARTIFACTS.items() if message_id.startswith(prefix)), None
        ):
            await updater.start_work()
            await updater.add_artifact(parts)
            await updater.complete()
        else:
            await updater.complete(updater.new_agent_message([Part(text="Hello from TCK")]))

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Nothing to undo."""
        await TaskUpdater(event_queue, context.task_id or "", context.context_id or "").cancel()


async def _chunks(updater: TaskUpdater) -> None:
    await updater.start_work()
    await updater.add_artifact([Part(text="chunk-1 ")], "chunked", append=False, last_chunk=False)
    await updater.add_artifact([Part(text="chunk-2")], "chunked", append=True, last_chunk=True)
    await updater.complete()


def _direct() -> Message:
    return Message(message_id="direct", role=Role.ROLE_AGENT, parts=[Part(text="Direct message response")])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        port = int(sys.argv[1]) if len(sys.argv) > 1 else 9999
        # The TCK sends one and the same message again and again and wants a new task each time.
        serve(Scenarios(), CARD, port=port, log=Path(folder) / "tasks.db", idempotent=False)
