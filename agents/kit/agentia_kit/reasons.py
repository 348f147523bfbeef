"""One line of reason for a caller: never a traceback, never more than a line."""

from __future__ import annotations

_LONGEST = 300


def one_line(error: BaseException) -> str:
    """The error's own first line, under the name of its class."""
    lines = str(error).strip().splitlines()
    text = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
