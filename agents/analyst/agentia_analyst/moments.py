"""First and last in time: "when was the last order", "who was hired first"."""

from __future__ import annotations

from agentia_analyst.conditions import date_column
from agentia_analyst.intent import Measure, Order
from agentia_analyst.measured import Measured
from agentia_analyst.reading import Reading
from agentia_analyst.vocabulary import EARLY, LATE


def extreme_moment(reading: Reading) -> Measured | None:
    """The first or last date, when "when" asks for it."""
    if reading.has(["when"]) is None or (found := _which_end(reading)) is None:
        return None
    column = date_column(reading)
    if column is None:
        return None
    at, descending = found
    reading.use(at)
    return Measured((Measure("max" if descending else "min", column),), True)


def first_or_last_row(reading: Reading) -> Order | None:
    """The order in time that puts the row asked for on top."""
    if (
        reading.fold(0) not in ("who", "which", "what", "show", "list")
        or (found := _which_end(reading)) is None
    ):
        return None
    column = date_column(reading)
    at, descending = found
    after = reading.fold(at + 1)
    if (
        column is None
        or after.isdigit()
        or after in ("quarter", "name", "row", "rows", "year", "month", "week")
    ):
        return None
    reading.use(at)
    return Order(column, descending)


def _which_end(reading: Reading) -> tuple[int, bool] | None:
    for vocabulary, descending in ((LATE, True), (EARLY, False)):
        at = reading.has(vocabulary)
        if at is not None:
            return at, descending
    return None
