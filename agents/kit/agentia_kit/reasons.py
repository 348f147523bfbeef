"""One line of reason for a caller: never a traceback, never more than a line."""

from __future__ import annotations

from typing import cast

_LONGEST = 300


def one_line(error: BaseException) -> str:
    """The error's own first line, under the name of its class."""
    lines = str(error).strip().splitlines()
    text = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def root_cause(error: BaseException) -> str:
    """The line of the error at the bottom: behind causes, contexts and groups of one."""
    below: BaseException | None = error
    while below is not None:
        error, below = below, _below(below)
    return one_line(error)


def _below(error: BaseException) -> BaseException | None:
    if isinstance(error, BaseExceptionGroup):
        return cast("BaseExceptionGroup[BaseException]", error).exceptions[0]
    return error.__cause__ or error.__context__
