"""What a tool answers when it cannot do what was asked.

    ToolFault                 the text of the tool error is "[code] sentence"
    ├── CallerFault           asking differently helps
    │   ├── BadArguments      [bad_arguments]   they do not fit the tool's schema
    │   ├── UnknownTool       [unknown_tool]    this server has no such tool
    │   ├── OutsideFolder     [outside_folder]  the path leads out of the served folder
    │   ├── NotFound          [not_found]       no such file, table or line
    │   └── TooLong           [too_long]        over a limit of size or time
    ├── FileFault             the file is at fault
    │   └── Unreadable        [unreadable]      it is there, but cannot be read
    └── ServerFault           asking again later may help
        ├── Busy              [busy]            too many calls at once
        └── Internal          [internal]        a defect of ours; the log has it

A server adds codes of its own below these, in its own `errors.py`.
"""

# Errors are named for what happened, not for being errors.
# ruff: noqa: N818

from __future__ import annotations

from typing import ClassVar


class ToolFault(Exception):
    """An answer "[code] sentence": the sentence says what is wrong and what to do instead."""

    code: ClassVar[str]

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = " ".join(sentence.split())

    def __str__(self) -> str:
        return f"[{self.code}] {self.sentence}"


class CallerFault(ToolFault):
    """Asking differently helps."""


class BadArguments(CallerFault):
    """The arguments do not fit the tool's schema."""

    code = "bad_arguments"


class UnknownTool(CallerFault):
    """This server has no such tool."""

    code = "unknown_tool"


class OutsideFolder(CallerFault):
    """The path leads out of the served folder."""

    code = "outside_folder"


class NotFound(CallerFault):
    """No such file, table or line."""

    code = "not_found"


class TooLong(CallerFault):
    """Over a limit of size or time."""

    code = "too_long"


class FileFault(ToolFault):
    """The file is at fault."""


class Unreadable(FileFault):
    """The file is there, but cannot be read."""

    code = "unreadable"


class ServerFault(ToolFault):
    """Asking again later may help."""


class Busy(ServerFault):
    """Too many calls at once."""

    code = "busy"


class Internal(ServerFault):
    """A defect of ours; the log has it."""

    code = "internal"
