"""A table that a text is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Table:
    """Columns and rows as an earlier step gave them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    sources: tuple[str, ...] = ()
    """The files that it was made from, where that is known."""
    whole: float | None = None
    """The total that the text beside it states."""
    is_file: bool = False
    """Whether it is a file itself, as it came with the message."""
