"""How a figure went over time, in sentences that tell nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agentia_kit.language.numbers import figure

Rows = Sequence[tuple[str, float]]


def course(rows: Rows, name: str, label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """From where to where with the highest and the lowest between; then the largest step and the average.

    `rows` are two or more periods in order with their values.
    """
    return (_moved(rows, name), *_extremes(rows)), (*_step(rows, label), _average(rows, name, label))


def _moved(rows: Rows, name: str) -> str:
    (start, first), (end, last) = rows[0], rows[-1]
    if last == first:
        return f"The {name} stayed at {figure(first)} from {start} to {end}."
    change = f" ({100 * (last - first) / first:+.1f} %)" if first > 0 else ""
    verb = "rose" if last > first else "fell"
    return f"The {name} {verb} from {figure(first)} in {start} to {figure(last)} in {end}{change}."


def _extremes(rows: Rows) -> list[str]:
    """The highest and the lowest, but for those at the ends, which are told already."""
    peak, low = max(rows, key=lambda row: row[1]), min(rows, key=lambda row: row[1])
    ends = (rows[0][1], rows[-1][1])
    told = [
        f"{degree} in {period} with {figure(value)}"
        for degree, (period, value) in (("highest", peak), ("lowest", low))
        if value not in ends
    ]
    return [f"It was {' and '.join(told)}."] if told else []


def _step(rows: Rows, label: str) -> list[str]:
    """The largest change; with two periods it is the whole course."""
    if len(rows) < 3:
        return []
    before, after = max(pairwise(rows), key=lambda pair: abs(pair[1][1] - pair[0][1]))
    change = round(after[1] - before[1], 6)
    if not change:
        return []
    kind = "rise" if change > 0 else "fall"
    return [
        f"The largest change from one {label} to the next was a {kind} of {figure(abs(change))}, "
        f"from {before[0]} to {after[0]}."
    ]


def _average(rows: Rows, name: str, label: str) -> str:
    mean = round(sum(value for _, value in rows) / len(rows), 6)
    above = sum(value > mean for _, value in rows)
    lie = "lies" if above == 1 else "lie"
    return f"The average {name} per {label} is {figure(mean)}; {above} of the {len(rows)} {lie} above it."
