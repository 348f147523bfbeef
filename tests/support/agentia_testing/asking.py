"""Asks an agent with the stock client of the a2a-sdk, and keeps what came back easy to check."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import uuid4

import httpx
from a2a.client import Client, ClientConfig, create_client
from a2a.types.a2a_pb2 import Artifact, Message, Part, Role, SendMessageRequest, StreamResponse, TaskState
from google.protobuf.json_format import MessageToDict

WAIT_SECONDS = 30


@dataclass
class Heard:
    """The stream of one call: states, status texts, artifacts put together by id."""

    task: str = ""
    context: str = ""
    states: list[int] = field(default_factory=list[int])
    said: list[str] = field(default_factory=list[str])
    artifacts: dict[str, Artifact] = field(default_factory=dict[str, Artifact])

    @property
    def state(self) -> str:
        """The last state, such as `COMPLETED`."""
        return TaskState.Name(self.states[-1]).removeprefix("TASK_STATE_")

    @property
    def text(self) -> str:
        """The text of the artifact `answer`."""
        return self.of("answer")

    def of(self, name: str) -> str:
        """The text of the artifacts with this name."""
        return "".join(part.text for artifact in self.named(name) for part in artifact.parts)

    def named(self, name: str) -> list[Artifact]:
        """The artifacts with this name."""
        return [artifact for artifact in self.artifacts.values() if artifact.name == name]

    def data(self, name: str) -> Any:
        """The data of the artifact with this name."""
        (part,) = [part for each in self.named(name) for part in each.parts if part.HasField("data")]
        return MessageToDict(part.data)

    def take(self, event: StreamResponse) -> None:
        """One event."""
        match event.WhichOneof("payload"):
            case "task":
                self.task, self.context = event.task.id, event.task.context_id
                self.states.append(event.task.status.state)
            case "status_update":
                self.states.append(event.status_update.status.state)
                self.said.extend(part.text for part in event.status_update.status.message.parts if part.text)
            case "artifact_update":
                self._artifact(event.artifact_update.artifact, append=event.artifact_update.append)
            case _:
                pass

    def _artifact(self, artifact: Artifact, *, append: bool) -> None:
        known = self.artifacts.get(artifact.artifact_id)
        if append and known is not None:
            known.parts.extend(artifact.parts)
        else:
            self.artifacts[artifact.artifact_id] = artifact


class Asker:
    """A person with a client."""

    def __init__(self, client: Client, url: str) -> None:
        self.client = client
        self.url = url

    @classmethod
    async def at(cls, url: str, http: httpx.AsyncClient) -> Self:
        """A client for the agent whose card lies at `url`."""
        return cls(await create_client(url, ClientConfig(httpx_client=http)), url)

    async def ask(self, text: str, *parts: Part, after: Heard | None = None, **fields: Any) -> Heard:
        """Send a message and follow its task until the stream ends; `after` is answered in its task."""
        if after is not None:
            fields |= {"task_id": after.task, "context_id": after.context}
        message = Message(
            message_id=uuid4().hex, role=Role.ROLE_USER, parts=[Part(text=text), *parts], **fields
        )
        return await self.send(message)

    async def send(self, message: Message) -> Heard:
        """Send a message as it is."""
        heard = Heard()
        async with asyncio.timeout(WAIT_SECONDS):
            async for event in self.client.send_message(SendMessageRequest(message=message)):
                heard.take(event)
        return heard


def texts(*given: str) -> Sequence[Part]:
    """Text parts."""
    return [Part(text=each) for each in given]
