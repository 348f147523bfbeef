"""How a command ends when it did not do what was asked: one sentence, what to do, and an exit code."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command's exit code means; `docs/commands.md` lists them."""

    OK = 0
    FAILED = 1
    """The task failed, or something is wrong."""
    USAGE = 2
    """The command line is wrong."""
    UNREACHABLE = 3
    """No mesh answers."""
    NOBODY = 4
    """No agent can do it, or the agent rejected the task."""
    INPUT_NEEDED = 5
    """The agent asks something back, and nobody is there to answer."""
    CANCELED = 6
    """The task was canceled."""
    INTERRUPTED = 130
    """Ctrl-C."""


class Failure(Exception):  # noqa: N818 - not every end of a command is an error
    """Ends the command. `message` says what is wrong, `remedy` what to do about it."""

    def __init__(self, message: str, remedy: str = "", code: ExitCode = ExitCode.FAILED) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.code = code
