"""Sentences that state what is in a table: who leads, by how much, the total, how it went over time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from agentia_kit.language.numbers import figure
from agentia_writer.course import course
from agentia_writer.ranking import Ranking, ranking
from agentia_writer.table import Table

_PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?|-Q[1-4]|-W\d{2})?")
_EXTREME = ("average", "lowest", "highest", "median", "price", "rate", "mean", "percent", "share")


@dataclass(frozen=True)
class Facts:
    """What a table says: its figures, and what they mean in plain words; each list most telling first."""

    figures: tuple[str, ...] = ()
    meaning: tuple[str, ...] = ()

    def __add__(self, other: Facts) -> Facts:
        return Facts((*self.figures, *other.figures), (*self.meaning, *other.meaning))


def facts(table: Table) -> Facts:
    """The facts of `table`; one of another shape than labels with numbers is only counted."""
    numbers = [at for at in range(len(table.columns)) if _is_numeric(table, at)]
    labels = [at for at in range(len(table.columns)) if at not in numbers]
    if not table.rows:
        return Facts()
    if len(table.rows) == 1:
        return Facts((_single(table),))
    if not numbers or len(labels) > 2:
        return Facts((f"There are {len(table.rows)} rows with {_listed(table.columns)}.",))
    if not labels:
        labels, numbers = numbers[:1], numbers[1:] or numbers
    found = Facts()
    for number in numbers[:2]:
        found += _about(table, labels, number)
    return found


def _about(table: Table, labels: Sequence[int], number: int) -> Facts:
    rows = [
        (_label(row, labels), cast("float", row[number])) for row in table.rows if row[number] is not None
    ]
    name, label = _plain(table.columns[number]), _plain(table.columns[labels[0]])
    if len(rows) < 2:
        return Facts(tuple(f"The {name} of {each} is {figure(value)}." for each, value in rows))
    if len(labels) == 1 and all(_PERIOD.fullmatch(each) for each, _ in rows):
        return Facts(*course(rows, name, label))
    adds_up = min(value for _, value in rows) >= 0 and not any(word in name.lower() for word in _EXTREME)
    return Facts(*ranking(Ranking(tuple(rows), name, label, adds_up=adds_up, stated=table.whole)))


def _single(table: Table) -> str:
    pairs = [
        f"{_plain(name)} is {figure(value)}" for name, value in zip(table.columns, table.rows[0], strict=True)
    ]
    return f"The {', the '.join(pairs[:8])}."


def _is_numeric(table: Table, at: int) -> bool:
    values = [row[at] for row in table.rows if row[at] is not None]
    return bool(values) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )


def _label(row: Sequence[Any], labels: Sequence[int]) -> str:
    return ", ".join(_said(row[at]) for at in labels)


def _said(value: Any) -> str:
    """A label as people write it: 17, where JSON made 17.0 of it."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("`", "")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(_plain(name) for name in names[:8])
