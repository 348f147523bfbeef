"""What stops a step of a plan.

StepError               the sentence goes into the report of the whole task
├── NobodyCan           no agent of the mesh can do it
├── ChildFailed         the agent that took it failed or refused
└── MeshUnreachable     the gateway or the registry behind it does not answer
"""

# Errors are named for what happened, not for being errors.
# ruff: noqa: N818

from __future__ import annotations


class StepError(Exception):
    """One sentence that says what happened."""


class NobodyCan(StepError):
    """No agent of the mesh can do it."""


class ChildFailed(StepError):
    """The agent that took the step failed or refused."""


class MeshUnreachable(StepError):
    """The gateway or the registry behind it does not answer."""
