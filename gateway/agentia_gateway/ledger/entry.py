"""What the ledger knows of a task."""

from __future__ import annotations

from dataclasses import dataclass

MESH = ""
"""Stands for the agent of tasks that the gateway made itself: those that nobody could do."""

TERMINAL = frozenset(
    {
        "TASK_STATE_COMPLETED",
        "TASK_STATE_FAILED",
        "TASK_STATE_CANCELED",
        "TASK_STATE_REJECTED",
        "completed",
        "failed",
        "canceled",
        "rejected",
    }
)
"""States that a task never leaves, as 1.0 and 0.3 write them."""

PARKED = frozenset(
    {"TASK_STATE_INPUT_REQUIRED", "TASK_STATE_AUTH_REQUIRED", "input-required", "auth-required"}
)
"""States in which a stream may end although the task has not."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A task: the agent that has it, the principal whose it is, its state as last seen passing by."""

    agent: str
    task: str
    owner: str
    context: str
    state: str = ""
    made: float = 0.0
    """Seconds since the epoch at which the ledger first saw it."""
