"""Which rows a question is about: values and stretches of time. Limits on numbers are in `limits`."""

from __future__ import annotations

from dataclasses import replace

from agentia_analyst.intent import Among, Condition, During, Period
from agentia_analyst.periods import MONTHS, Spot, periods
from agentia_analyst.reading import Mention, Reading
from agentia_analyst.schema import Column
from agentia_analyst.vocabulary import NOT


def among(reading: Reading) -> list[Among]:
    """Values named in the question, together by column; "not" and "except" before a value negate it."""
    chosen: dict[tuple[str, bool], tuple[Column, list[object]]] = {}
    for mention in reading.of("value"):
        column = mention.column
        if column is None:
            continue
        negated = _is_negated(reading, mention)
        values = chosen.setdefault((column.name, negated), (column, []))[1]
        for value in mention.values:
            if value not in values:
                values.append(value)
    return [Among(column, tuple(values), negated) for (_, negated), (column, values) in chosen.items()]


def during(reading: Reading, spots: list[Spot]) -> list[Condition]:
    """Stretches of time as conditions on the column of dates, or on a column `year` or `month`."""
    for first, last, _ in spots:
        reading.use(*range(first, last))
    if not spots:
        return []
    column = date_column(reading)
    if column is None:
        return _calendar(reading, [period for _, _, period in spots])
    spots = [(first, last, _resolved(period, column)) for first, last, period in spots]
    if len(spots) == 2 and (span := _span(reading, spots)) is not None:
        return [During(column, (span,))]
    first, _, period = spots[0]
    match reading.fold(first - 1):
        case "before" | "until" | "till" if period.start:
            return [During(column, (period,), "<")]
        case "after" if period.end:
            return [During(column, (replace(period, label=f"after {period.label}", start=period.end),), ">=")]
        case "since" | "from" if period.start and len(spots) == 1:
            return [During(column, (period,), ">=")]
        case _:
            return [During(column, tuple(period for _, _, period in spots))]


def spots(reading: Reading) -> list[Spot]:
    """The periods of the question that no name has taken."""
    return periods(reading.words, reading.used)


def reaches(reading: Reading) -> bool:
    """Whether the table may have rows in a period that the question names; true when it names none."""
    asked = [period for _, _, period in spots(reading)]
    if not asked or any(column.is_calendar for column in reading.table.columns):
        return True
    spans = [(str(column.low or "0")[:10], str(column.high or "9")[:10]) for column in reading.table.dates]
    return any(
        not period.start or (low < period.end and high >= period.start)
        for period in asked
        for low, high in spans
    )


def date_column(reading: Reading) -> Column | None:
    """The column of dates that is named, or else the first."""
    named = (mention.column for mention in reading.of("column"))
    return next(
        (column for column in named if column is not None and column.kind == "date"),
        next(iter(reading.table.dates), None),
    )


def _is_negated(reading: Reading, mention: Mention) -> bool:
    before = [reading.fold(mention.first - step) for step in (1, 2)]
    return any(word in NOT for word in before) or before == ["than", "other"]


def _span(reading: Reading, spots: list[Spot]) -> Period | None:
    """ "From March to May", "between 2021 and 2023": from the start of one to the end of the other."""
    (first, last, one), (then, _, other) = spots
    before, joint = reading.fold(first - 1), " ".join(reading.fold(at) for at in range(last, then))
    if (before, joint) not in {("from", "to"), ("from", "until"), ("between", "and"), ("from", "through")}:
        return None
    if not (one.start and other.end):
        return None
    return Period(f"{one.label} to {other.label}", one.bucket, one.start, other.end)


def _resolved(period: Period, column: Column) -> Period:
    """A month or quarter without a year means that of the only year in the column."""
    low, high = str(column.low or "")[:4], str(column.high or "")[:4]
    if period.start or not low.isdigit() or low != high:
        return period
    year, last = int(low), (period.month or 3 * (period.quarter or 0))
    start = f"{year}-{(period.month or last - 2):02d}-01"
    end = f"{year + last // 12}-{last % 12 + 1:02d}-01"
    return Period(f"{period.label} {year}", period.bucket, start, end)


def _calendar(reading: Reading, asked: list[Period]) -> list[Condition]:
    """Years and months where the table has no dates but a number `year` or `month`."""
    found: list[Condition] = []
    for bucket in ("year", "month"):
        numbers = [_number(period) for period in asked if period.bucket == bucket]
        column = next(
            (each for each in reading.table.columns if each.is_calendar and each.stems[-1] == bucket), None
        )
        if numbers and column is not None:
            found.append(Among(column, tuple(numbers)))
    return found


def _number(period: Period) -> int:
    if period.bucket == "year":
        return int(period.label)
    return period.month or MONTHS.index(period.label.split()[0].lower()) + 1
