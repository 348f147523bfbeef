"""Names of tables: made from paths, usable in SQL without quotes, found again however they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from agentia_fabric.toolserver.errors import NotFound
from agentia_fabric.toolserver.folder import nearest

NOT_IN_NAMES = re.compile(r"\W+")
_RESERVED = """
all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
default deferrable desc describe distinct do else end except false fetch for foreign from grant group having
in initially intersect into lambda lateral leading limit not null offset on only or order pivot pivot_longer
pivot_wider placing primary qualify references returning select show some summarize symmetric table then to
trailing true union unique unpivot using variadic when where window with
"""
RESERVED = frozenset(_RESERVED.split())


class Named(NamedTuple):
    """A table's name, its file's path, and its name inside that file, if it has one."""

    name: str
    path: str
    inner: str | None


def name_for(path: str, inner: str | None = None) -> str:
    """A lower-case name for a file, or for the table `inner` of a database file: `sales`, `stock_items`."""
    stem = PurePosixPath(path).stem
    plain = NOT_IN_NAMES.sub("_", f"{stem}_{inner}" if inner else stem).strip("_").lower() or "table"
    if plain[0].isdigit():
        plain = f"t_{plain}"
    return f"{plain}_table" if plain in RESERVED else plain


def unique(path: str, name: str, taken: Iterable[str]) -> str:
    """`name`, or when it is taken one with the file's folder, its ending, or a number added."""
    used = set(taken)
    pure = PurePosixPath(path)
    folder = NOT_IN_NAMES.sub("_", "_".join(pure.parent.parts)).strip("_").lower()
    candidates = [name, *([f"{folder}_{name}"] if folder else []), f"{name}_{pure.suffix[1:].lower()}"]
    candidates += [f"{name}_{number}" for number in range(2, len(used) + 3)]
    return next(candidate for candidate in candidates if candidate not in used)


def quoted(name: str) -> str:
    """A name as SQL may always write it."""
    return '"' + name.replace('"', '""') + '"'


def pick(wanted: str, tables: Sequence[Named]) -> str:
    """The name of the table that is meant.

    It may be written as the name, the path, the file's name with or without its ending, or the name
    inside a database file, in any case.

    Raises:
        NotFound: none or several fit; the sentence names the nearest.
    """
    lowered = wanted.strip().strip('"').lower()
    ways: tuple[Callable[[Named], bool], ...] = (
        lambda table: lowered == table.name,
        lambda table: lowered == table.path.lower(),
        lambda table: lowered == PurePosixPath(table.path).name.lower(),
        lambda table: lowered == PurePosixPath(table.path).stem.lower(),
        lambda table: lowered == (table.inner or "").lower(),
        lambda table: name_for(lowered) == table.name,
    )
    for fits in ways:
        fitting = [table.name for table in tables if fits(table)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise NotFound(f"{wanted[:100]!r} could be any of the tables {', '.join(fitting[:8])}: name one.")
    raise NotFound(f"There is no table {wanted[:100]!r}.{nearest(lowered, [table.name for table in tables])}")
