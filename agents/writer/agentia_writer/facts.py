"""Sentences that state what is in a table: who leads, by how much, the total, how it went over time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from agentia_kit.language.numbers import figure, share
from agentia_writer.material import Table

_PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?|-Q[1-4]|-W\d{2})?")
_EXTREME = ("average", "lowest", "highest", "median", "price", "rate", "mean", "percent", "share")


def facts(table: Table) -> list[str]:
    """Sentences about `table`, most telling first; a table of another shape is only counted."""
    numbers = [at for at in range(len(table.columns)) if _is_numeric(table, at)]
    labels = [at for at in range(len(table.columns)) if at not in numbers]
    if not table.rows:
        return []
    if len(table.rows) == 1:
        return [_single(table)]
    if not numbers or len(labels) > 2:
        return [f"There are {len(table.rows)} rows with {_listed(table.columns)}."]
    if not labels:
        labels, numbers = numbers[:1], numbers[1:] or numbers
    return [sentence for number in numbers[:2] for sentence in _about(table, labels, number)]


def _about(table: Table, labels: Sequence[int], number: int) -> list[str]:
    rows = [
        (_label(row, labels), cast("float", row[number])) for row in table.rows if row[number] is not None
    ]
    name = table.columns[number]
    if len(labels) == 1 and all(_PERIOD.fullmatch(label) for label, _ in rows):
        return _course(rows, name)
    return _ranked(rows, name, table.columns[labels[0]])


def _ranked(rows: list[tuple[str, float]], name: str, label: str) -> list[str]:
    ordered = sorted(rows, key=lambda row: -row[1])
    (first, most), (second, next_most) = ordered[0], ordered[1]
    last, least = ordered[-1]
    whole = sum(value for _, value in rows)
    adds_up = whole > 0 and least >= 0 and not any(word in name.lower() for word in _EXTREME)
    part = f", {share(most, whole)} of the {len(rows)} {_plural(label)} together" if adds_up else ""
    told = [f"{first} has the highest {_plain(name)} with {figure(most)}{part}."]
    if most == next_most:
        told = [f"{first} and {second} share the highest {_plain(name)} with {figure(most)} each."]
    else:
        ahead = f" ({share(most - next_most, next_most)} more)" if next_most > 0 else ""
        told.append(
            f"{second} follows with {figure(next_most)}; {first} is {figure(most - next_most)} ahead{ahead}."
        )
    if len(rows) > 2:
        told.append(f"{last} has the lowest {_plain(name)} with {figure(least)}.")
    if adds_up:
        told.append(f"Together the {len(rows)} {_plural(label)} come to {figure(_tidy(whole))}.")
    return told


def _course(rows: list[tuple[str, float]], name: str) -> list[str]:
    (start, first), (end, last) = rows[0], rows[-1]
    change = f" ({100 * (last - first) / first:+.1f} %)" if first > 0 else ""
    verb = "rose" if last > first else "fell" if last < first else "stayed"
    moved = (
        f"from {figure(first)} in {start} to {figure(last)} in {end}{change}"
        if verb != "stayed"
        else f"at {figure(first)}"
    )
    peak, low = max(rows, key=lambda row: row[1]), min(rows, key=lambda row: row[1])
    return [
        f"The {_plain(name)} {verb} {moved}.",
        f"It was highest in {peak[0]} with {figure(peak[1])} and lowest in {low[0]} with {figure(low[1])}.",
    ]


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
    return ", ".join(str(row[at]) for at in labels)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _plural(name: str) -> str:
    plain = _plain(name)
    if plain.endswith("y") and plain[-2:-1] not in "aeiou":
        return plain[:-1] + "ies"
    return plain if plain.endswith("s") else plain + "s"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(_plain(name) for name in names[:8])


def _tidy(value: float) -> float:
    return round(value, 6)
