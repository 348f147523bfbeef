"""Printing: text of others made harmless, tables for people, JSON for programs."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and newline, and those that turn the direction of writing."""


def clean(text: str) -> str:
    """Text of others without anything that could command the terminal."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))


def one_line(text: str, width: int = 200) -> str:
    """The text in one line, cut at `width` characters."""
    line = " ".join(clean(text).split())
    return line if len(line) <= width else f"{line[: width - 1]}…"


def say(text: str = "", *, dim: bool = False) -> None:
    """Print a line of our own or of others; dim where the terminal can."""
    print(dimmed(clean(text)) if dim else clean(text), flush=True)


def warn(text: str) -> None:
    """Print a line to standard error."""
    print(clean(text), file=sys.stderr, flush=True)


def write(text: str) -> None:
    """Print a piece of text as it comes, without a line end."""
    sys.stdout.write(clean(text))
    sys.stdout.flush()


def dimmed(text: str) -> str:
    """The text in a faint colour, when standard output is a terminal that wants colours."""
    return f"\x1b[2m{text}\x1b[0m" if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else text


def json_line(value: Any) -> None:
    """One JSON value on one line."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def json_document(value: Any) -> None:
    """One JSON value over several lines."""
    print(json.dumps(value, ensure_ascii=False, indent=2), flush=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table that fits the terminal; cells are cut only by wrapping."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        shown.add_column(Text(clean(column)), overflow="fold")
    for row in rows:
        shown.add_row(*(Text(clean(_cell(cell))) for cell in row))
    # A pipe has no width: wide enough that nothing which a program may look for is wrapped.
    Console(width=None if sys.stdout.isatty() else 240, highlight=False).print(shown)


def _cell(value: Any) -> str:
    """A value as people write it: no 48875.19999999999 where 48875.2 was meant."""
    if isinstance(value, float):
        return f"{value:.12g}"
    return "" if value is None else str(value)
