"""Limits on numbers in a question: "over 100", "at least 5 units", "between 10 and 20"."""

from __future__ import annotations

from dataclasses import dataclass

from agentia_analyst.intent import Comparator
from agentia_analyst.reading import Mention, Reading
from agentia_analyst.schema import Column
from agentia_kit.language.numbers import number_of

_WORDS: list[tuple[tuple[str, ...], Comparator]] = [
    (("more", "than"), ">"),
    (("greater", "than"), ">"),
    (("higher", "than"), ">"),
    (("larger", "than"), ">"),
    (("older", "than"), ">"),
    (("longer", "than"), ">"),
    (("at", "least"), ">="),
    (("less", "than"), "<"),
    (("fewer", "than"), "<"),
    (("lower", "than"), "<"),
    (("smaller", "than"), "<"),
    (("younger", "than"), "<"),
    (("shorter", "than"), "<"),
    (("at", "most"), "<="),
    (("equal", "to"), "="),
    (("over",), ">"),
    (("above",), ">"),
    (("exceeding",), ">"),
    (("exceeds",), ">"),
    (("exceed",), ">"),
    (("under",), "<"),
    (("below",), "<"),
    (("equals",), "="),
    (("exactly",), "="),
    ((">=",), ">="),
    (("<=",), "<="),
    ((">",), ">"),
    (("<",), "<"),
    (("=",), "="),
    (("!=",), "!="),
    (("<>",), "!="),
]


@dataclass(frozen=True)
class Limit:
    """A comparison whose column may be left to the measure (None)."""

    column: Column | None
    comparator: Comparator
    value: float


def limits(reading: Reading) -> list[Limit]:
    """Comparisons with numbers, in order."""
    found: list[Limit] = []
    at = 0
    while at < len(reading.words):
        between = _between(reading, at)
        if between:
            found.extend(between)
        elif (limit := _limit(reading, at)) is not None:
            found.append(limit)
        at += 1
    return found


def _limit(reading: Reading, at: int) -> Limit | None:
    number = number_of(reading.fold(at))
    if number is None or at in reading.used:
        return None
    for phrase, comparator in _WORDS:
        size = len(phrase)
        if at >= size and tuple(reading.fold(at - size + step) for step in range(size)) == phrase:
            reading.use(*range(at - size, at + 1))
            return Limit(_near(reading, at - size, at), comparator, number)
    if reading.fold(at + 1) == "or" and reading.fold(at + 2) in ("more", "less", "fewer"):
        reading.use(at, at + 1, at + 2)
        return Limit(_near(reading, at, at + 2), ">=" if reading.fold(at + 2) == "more" else "<=", number)
    column = _column_ending(reading, at) or (
        reading.fold(at - 1) in ("is", "of") and _column_ending(reading, at - 1)
    )
    if column:
        reading.use(at - 1, at)
        return Limit(column, "=", number)
    return None


def _between(reading: Reading, at: int) -> list[Limit]:
    if reading.fold(at) != "between" or reading.fold(at + 2) != "and":
        return []
    low, high = number_of(reading.fold(at + 1)), number_of(reading.fold(at + 3))
    if low is None or high is None or {at + 1, at + 3} & reading.used:
        return []
    reading.use(at, at + 1, at + 2, at + 3)
    column = _near(reading, at, at + 3)
    return [Limit(column, ">=", low), Limit(column, "<=", high)]


def _near(reading: Reading, first: int, last: int) -> Column | None:
    """The number column that stands right behind the number, or closest before the comparison."""
    after = reading.starting(last + 1)
    if after is not None and after.column is not None and _is_number(after):
        return after.column
    before = [
        mention.column
        for mention in reading.of("column")
        if first - 4 <= mention.last <= first and mention.column is not None and _is_number(mention)
    ]
    return before[-1] if before else None


def _is_number(mention: Mention) -> bool:
    """A number that can be more or less; an identifier only when its whole name stands there."""
    column = mention.column
    return (
        column is not None and column.kind == "number" and (not column.is_identifier or mention.weight >= 5)
    )


def _column_ending(reading: Reading, at: int) -> Column | None:
    return next(
        (
            mention.column
            for mention in reading.of("column")
            if mention.last == at and mention.column is not None and _is_number(mention)
        ),
        None,
    )
