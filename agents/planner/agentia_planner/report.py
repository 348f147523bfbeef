"""What the planner tells its caller while it works: each step's progress, and what the agents made."""

from __future__ import annotations

from typing import Any

from a2a.server.tasks import TaskUpdater
from a2a.types.a2a_pb2 import Artifact, Part, TaskArtifactUpdateEvent, TaskState
from google.protobuf.json_format import MessageToDict

from agentia_kit.card import MODEL
from agentia_planner.plan import Plan

AGENT = "urn:agentia:agent"
STEP = "urn:agentia:step"
PLAN = "urn:agentia:plan"
"""Keys of metadata: on artifacts the agent and the number of its step; on a question the plan that waits."""

ANSWER = "answer"


class Report:
    """Writes to one task."""

    def __init__(self, updater: TaskUpdater, model: str) -> None:
        self._updater = updater
        self._model = {MODEL: model}
        self._total = 0
        self._is_over = False

    def close(self) -> None:
        """Say nothing more: the task was canceled, and what its steps still tell is of no interest."""
        self._is_over = True

    async def plan(self, plan: Plan) -> None:
        """Tell the plan."""
        self._total = len(plan.steps)
        if self._total > 1:
            steps = "; ".join(f"{number}. {step.task}" for number, step in enumerate(plan.steps, 1))
            await self.say(f"Plan: {steps}")

    async def say(self, text: str) -> None:
        """Progress; the task goes on working."""
        await self.end(TaskState.TASK_STATE_WORKING, Part(text=text))

    async def step(self, number: int, agent: str, text: str) -> None:
        """Progress of one step: `1/2 analyst: …`."""
        await self.say(f"{number}/{self._total} {agent}: {text}")

    async def artifact(
        self, number: int, agent: str, skill: str, update: TaskArtifactUpdateEvent
    ) -> Artifact:
        """Pass on what an agent made, piece by piece; its text is called by the skill that made it."""
        made = update.artifact
        passed = Artifact(
            artifact_id=f"step-{number}-{made.artifact_id}",
            name=skill if made.name in ("", ANSWER) else made.name,
            parts=made.parts,
        )
        if self._is_over:
            return passed
        metadata: dict[str, Any] = MessageToDict(made.metadata)
        await self._updater.add_artifact(
            list(made.parts),
            passed.artifact_id,
            passed.name,
            metadata | {AGENT: agent, STEP: number},
            append=update.append,
            last_chunk=update.last_chunk,
        )
        return passed

    async def end(self, state: TaskState, *parts: Part, **metadata: Any) -> None:
        """A state with its message."""
        if self._is_over:
            return
        message = self._updater.new_agent_message(list(parts), self._model | metadata)
        await self._updater.update_status(state, message)
