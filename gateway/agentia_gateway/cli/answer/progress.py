"""What an agent says while it works, in one line: calls of tools by their name, their arguments on demand."""

from __future__ import annotations

import re
import shutil

from agentia_gateway.cli.terminal import one_line

_CALL = re.compile(
    r"^(?P<step>\d+/\d+ [^\s:]+: )?Calling (?P<tool>\S+)(?P<arguments> with \{.*)?$", re.DOTALL
)
_MARK = 2
"""Columns that the mark before the line takes."""


def progress(text: str, *, verbose: bool) -> str:
    """The line, cut to the terminal's width; `verbose` keeps it whole and the arguments of calls with it."""
    call = _CALL.match(text)
    if verbose:
        return one_line(_unescaped(text) if call else text, width=10_000)
    if call:
        text = f"{call['step'] or ''}calling {call['tool']}{' …' if call['arguments'] else ''}"
    return one_line(text, width=max(20, shutil.get_terminal_size((200, 24)).columns - _MARK))


def _unescaped(arguments: str) -> str:
    """Arguments without the marks that JSON puts before quotes and line ends."""
    return arguments.replace("\\n", " ").replace('\\"', '"').replace("\\\\", "\\")
