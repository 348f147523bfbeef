"""What a plan came to, in one state and a few sentences."""

from __future__ import annotations

from collections.abc import Mapping

from a2a.types.a2a_pb2 import TaskState

from agentia_planner.outcome import Done, Failed, Outcome, Skipped
from agentia_planner.plan import Plan


def verdict(plan: Plan, outcomes: Mapping[int, Outcome]) -> tuple[TaskState, str]:
    """The final state: failed when a step has no result; the text says which, why, and what was done."""
    done = [f"step {number} ({each.agent})" for number, each in outcomes.items() if isinstance(each, Done)]
    failed = [
        _failed(number, plan.steps[number - 1].task, each)
        for number, each in sorted(outcomes.items())
        if isinstance(each, Failed)
    ]
    skipped = [
        f"Step {number} was not started, since it needs step {each.need}."
        for number, each in sorted(outcomes.items())
        if isinstance(each, Skipped)
    ]
    if not failed and not skipped:
        agents = ", ".join(each.agent for _, each in sorted(outcomes.items()) if isinstance(each, Done))
        count = len(plan.steps)
        return TaskState.TASK_STATE_COMPLETED, f"{count} of {count} steps done: {agents}."
    kept = [f"Done: {', '.join(sorted(done))}."] if done else ["Nothing else was done."]
    return TaskState.TASK_STATE_FAILED, " ".join([*failed, *skipped, *kept])


def _failed(number: int, task: str, outcome: Failed) -> str:
    who = f" at {outcome.agent}" if outcome.agent else ""
    return f"Step {number} (“{task}”) failed{who}: {outcome.reason.rstrip('.')}."
