"""What the states of a task mean to somebody who waits (A2A 1.0 section 4.1.3)."""

from __future__ import annotations

COMPLETED = "TASK_STATE_COMPLETED"
FAILED = "TASK_STATE_FAILED"
CANCELED = "TASK_STATE_CANCELED"
REJECTED = "TASK_STATE_REJECTED"
INPUT_REQUIRED = "TASK_STATE_INPUT_REQUIRED"
AUTH_REQUIRED = "TASK_STATE_AUTH_REQUIRED"

FINAL = frozenset({COMPLETED, FAILED, CANCELED, REJECTED})
WAITING = frozenset({INPUT_REQUIRED, AUTH_REQUIRED})


def shown(state: str) -> str:
    """The state without the prefix that all share: `INPUT_REQUIRED`."""
    return state.removeprefix("TASK_STATE_") or "UNKNOWN"
