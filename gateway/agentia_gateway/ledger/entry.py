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


ASKED = 160
"""Characters that are kept of what a task asked."""


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
    asked: str = ""
    """The first words of the message that it began with; empty when the ledger has not seen that."""
    root: str = ""
    """The task in whose course an agent asked for this one; empty when a caller did."""
    seen: float = 0.0
    """Seconds since the epoch at which the state was seen."""


def first_words(text: str) -> str:
    """Enough of a message to know it again in a list."""
    line = " ".join(text[: 4 * ASKED].split())
    return line if len(line) <= ASKED else f"{line[: ASKED - 1]}…"
