"""A plan that waits for its caller is kept in the question itself, so that any replica can go on with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from a2a.types.a2a_pb2 import Artifact, Task, TaskState
from google.protobuf.json_format import MessageToDict

from agentia_planner.outcome import WAITS, Done, Waiting, material
from agentia_planner.plan import Plan
from agentia_planner.report import AGENT, PLAN, STEP


@dataclass(frozen=True)
class Parked:
    """A plan, the step whose agent asked, its question, and how many answers it has had."""

    plan: Plan
    number: int
    waiting: Waiting
    turn: int

    def metadata(self) -> dict[str, Any]:
        """The form that stands in the metadata of the question."""
        asked = self.waiting
        state = TaskState.Name(asked.state)
        child = {"agent": asked.agent, "task": asked.task, "context": asked.context, "state": state}
        return {
            PLAN: {"plan": self.plan.model_dump(), "step": self.number, "turn": self.turn, "child": child}
        }


def parked(task: Task | None) -> Parked | None:
    """What waits in `task`; None when nothing does."""
    if task is None or PLAN not in task.status.message.metadata:
        return None
    kept: dict[str, Any] = MessageToDict(task.status.message.metadata)[PLAN]
    child = kept["child"]
    state = next(each for each in WAITS if TaskState.Name(each) == child["state"])
    waiting = Waiting(child["agent"], child["task"], child["context"], state, ())
    return Parked(Plan.model_validate(kept["plan"]), int(kept["step"]), waiting, int(kept["turn"]))


def done_before(task: Task, number: int) -> Done | None:
    """What a step had made when the task was parked; None when it had made nothing."""
    made = [artifact for artifact in task.artifacts if _step(artifact) == number]
    return Done(str(made[0].metadata[AGENT]), material(made)) if made else None


def _step(artifact: Artifact) -> int:
    return int(MessageToDict(artifact.metadata).get(STEP, 0))
