"""One step on its way: an agent is found, called, listened to, until it ends or asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from a2a.types.a2a_pb2 import (
    Artifact,
    Message,
    Part,
    Role,
    StreamResponse,
    TaskArtifactUpdateEvent,
    TaskState,
    TaskStatus,
)

from agentia_planner.errors import ChildFailed
from agentia_planner.mesh import Visit
from agentia_planner.outcome import WAITS, Done, Failed, Outcome, Waiting, material, words
from agentia_planner.report import Report


def message_id(root: str, number: int, turn: int = 0) -> str:
    """The same for the same step of the same task, so that a plan that is run again finds its children."""
    return str(uuid5(NAMESPACE_URL, f"urn:agentia:step:{root}:{number}:{turn}"))


@dataclass
class Child:
    """The task of an agent that works on step `number`."""

    number: int
    agent: str
    skill: str
    visit: Visit
    report: Report
    task: str = ""
    context: str = ""
    status: TaskStatus = field(default_factory=TaskStatus)
    made: dict[str, Artifact] = field(default_factory=dict[str, Artifact])

    async def ask(self, text: str, given: Sequence[Part]) -> Outcome:
        """Send the step's task with its material, and listen."""
        message = Message(
            message_id=message_id(self.visit.root, self.number),
            role=Role.ROLE_USER,
            parts=[Part(text=text), *given],
        )
        return await self._listen(message)

    async def answer(self, parts: Sequence[Part], turn: int) -> Outcome:
        """Send the caller's answer to what the agent asked, and listen on."""
        message = Message(
            message_id=message_id(self.visit.root, self.number, turn),
            role=Role.ROLE_USER,
            parts=parts,
            task_id=self.task,
            context_id=self.context,
        )
        return await self._listen(message)

    async def cancel(self) -> None:
        """Cancel the agent's task, if it has one by now. Raises ``ChildFailed`` when it refuses."""
        if self.task:
            await self.visit.cancel(self.agent, self.task)

    async def _listen(self, message: Message) -> Outcome:
        try:
            async for event in self.visit.send(self.agent, message):
                await self._take(event)
        except ChildFailed as error:
            return Failed(self.agent, str(error))
        return self._outcome()

    async def _take(self, event: StreamResponse) -> None:
        match event.WhichOneof("payload"):
            case "task":
                self.task, self.context = event.task.id, event.task.context_id
                for artifact in event.task.artifacts:
                    await self._artifact(TaskArtifactUpdateEvent(artifact=artifact, last_chunk=True))
                await self._status(event.task.status)
            case "status_update":
                await self._status(event.status_update.status)
            case "artifact_update":
                await self._artifact(event.artifact_update)
            case "message":
                whole = Artifact(artifact_id="answer", name="answer", parts=event.message.parts)
                await self._artifact(TaskArtifactUpdateEvent(artifact=whole, last_chunk=True))
                self.status = TaskStatus(state=TaskState.TASK_STATE_COMPLETED)
            case _:
                pass

    async def _status(self, status: TaskStatus) -> None:
        self.status = status
        text = words(status.message.parts)
        if text and status.state == TaskState.TASK_STATE_WORKING:
            await self.report.step(self.number, self.agent, text)

    async def _artifact(self, update: TaskArtifactUpdateEvent) -> None:
        passed = await self.report.artifact(self.number, self.agent, self.skill, update)
        known = self.made.get(passed.artifact_id)
        if update.append and known is not None:
            known.parts.extend(passed.parts)
        else:
            self.made[passed.artifact_id] = passed

    def _outcome(self) -> Outcome:
        state, said = self.status.state, self.status.message.parts
        if state == TaskState.TASK_STATE_COMPLETED:
            return Done(self.agent, material(self.made.values()) or material([Artifact(parts=said)]))
        if state in WAITS:
            return Waiting(self.agent, self.task, self.context, state, tuple(said))
        if state in (TaskState.TASK_STATE_WORKING, TaskState.TASK_STATE_SUBMITTED):
            return Failed(self.agent, "the stream ended before the task did")
        name = TaskState.Name(state).removeprefix("TASK_STATE_").lower()
        return Failed(self.agent, words(said) or f"the task was {name}")
