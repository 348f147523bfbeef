"""Puts a reading together to one query: measure, groups, conditions, order, chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agentia_analyst.conditions import among, during, spots
from agentia_analyst.flags import flags
from agentia_analyst.grouping import fitting, in_time, split_by
from agentia_analyst.intent import (
    Among,
    ChartKind,
    Compared,
    Condition,
    During,
    Grouping,
    Intent,
    Kind,
    NotUnderstood,
    Query,
)
from agentia_analyst.leftovers import checked
from agentia_analyst.limits import Limit, limits
from agentia_analyst.measured import Measured
from agentia_analyst.measuring import measured
from agentia_analyst.moments import first_or_last_row
from agentia_analyst.reading import Mention, Reading
from agentia_analyst.sql import MOST_ROWS
from agentia_analyst.vocabulary import (
    CHART,
    CHART_KINDS,
    COMPARE,
    HIGH,
    LATE,
    LIST,
    LOW,
    ROW_NOUNS,
    SHARE,
    TREND,
)
from agentia_kit.language.numbers import number_of

_CHARTS: dict[str, ChartKind] = {"bar": "bar", "line": "line", "pie": "pie"}


@dataclass(frozen=True)
class Rank:
    """ "Most", "top 3", "lowest": the order, how many are wanted, and where the word stands."""

    descending: bool
    limit: int
    at: int


def compose(reading: Reading) -> Intent:
    """The query that the reading says, or why there is none."""
    rank = _rank(reading)
    when = spots(reading)
    conditions: list[Condition] = [*among(reading), *during(reading, when)]
    if when and not any(not isinstance(each, Among) or each.column.is_calendar for each in conditions):
        return NotUnderstood(f"`{reading.table.name}` has no dates, so I cannot pick out {when[0][2].label}.")
    bounds = limits(reading)
    groups = _groups(reading, rank, conditions)
    conditions.extend(flags(reading, groups))
    wanted = measured(reading, groups)
    if not groups and _wants_chart(reading):
        groups = _for_chart(reading)
    chart = _chart(reading, groups)
    if lists := _lists_rows(reading, rank, groups, [*conditions, *bounds]):
        groups = []
    conditions, having = _bounded(reading, bounds, groups, wanted, conditions)
    order = None if rank or wanted.is_named else first_or_last_row(reading)
    kind = "rows" if lists or order else _kind(reading, rank, groups, conditions, wanted)
    query = Query(kind, reading.table, wanted.measures, tuple(groups), tuple(conditions), having)
    told = (*wanted.notes, *(f"I grouped by {each.bucket}." for each in groups if each.is_assumed))
    query = replace(query, chart=chart, order=order, notes=told if kind != "rows" else ())
    if reading.has(SHARE) is not None:
        query = replace(query, share=True)
    if rank is not None:
        query = replace(query, descending=rank.descending, limit=rank.limit)
    elif kind == "rows":
        query = replace(query, limit=1 if order else _first_rows(reading))
    return checked(reading, query, is_sure=wanted.is_named)


def _groups(reading: Reading, rank: Rank | None, conditions: list[Condition]) -> list[Grouping]:
    groups = split_by(reading, rank.at if rank else None)
    if groups:
        restricted = any(isinstance(each, During) for each in conditions)
        return groups if rank or restricted else [_shown_whole(each) for each in groups]
    for condition in conditions:
        if isinstance(condition, Among) and len(condition.values) > 1 and not condition.negated:
            return [Grouping(condition.column)]
        if isinstance(condition, During) and len(condition.periods) > 1:
            return [Grouping(condition.column, condition.periods[0].bucket)]
    if reading.has(TREND) is not None:
        timed = in_time(reading)
        return [timed] if timed is not None else []
    return []


def _shown_whole(group: Grouping) -> Grouping:
    """Days that are too many to be shown are taken together: a course that is cut off would be wrong."""
    if group.bucket != "day" or (group.column.distinct or 0) <= MOST_ROWS:
        return group
    return Grouping(group.column, fitting(group.column), is_assumed=True)


def _for_chart(reading: Reading) -> list[Grouping]:
    timed = in_time(reading)
    if timed is not None:
        return [timed]
    return [Grouping(each) for each in reading.table.categories if (each.distinct or 0) <= 50][:1]


def _rank(reading: Reading) -> Rank | None:
    named = {at for mention in reading.mentions for at in range(mention.first, mention.last)}
    for at, word in enumerate(reading.words):
        is_other = reading.fold(at - 1) == "at" or reading.fold(at + 1) in LATE
        if word.fold in HIGH | LOW and at not in named and not is_other:
            return Rank(word.fold in HIGH, _how_many(reading, at), at)
    return None


def _how_many(reading: Reading, at: int) -> int:
    for place in (at + 1, at - 1):
        number = number_of(reading.fold(place))
        if isinstance(number, int) and 0 < number <= 100:
            reading.use(place)
            return number
    asked = next((place for place, word in enumerate(reading.words) if word.fold in ("which", "what")), None)
    number = number_of(reading.fold(asked + 1)) if asked is not None else None
    if isinstance(number, int) and asked is not None and 0 < number <= 100:
        reading.use(asked + 1)
        return number
    is_plural = reading.fold(at + 1).endswith("s") and not reading.fold(at + 1).endswith("ss")
    return 5 if reading.fold(at) in ("top", "bottom", "best", "worst") and is_plural else 1


def _wants_chart(reading: Reading) -> bool:
    return reading.has(CHART) is not None


def _first_rows(reading: Reading) -> int | None:
    """ "The first 3 rows", "5 rows"."""
    for at, word in enumerate(reading.words):
        number = number_of(word.fold)
        beside = (reading.fold(at - 1), reading.fold(at + 1))
        if (
            isinstance(number, int)
            and 0 < number <= MOST_ROWS
            and ("first" in beside or beside[1] in ROW_NOUNS)
        ):
            return number
    return None


def _chart(reading: Reading, groups: list[Grouping]) -> ChartKind | None:
    if not _wants_chart(reading):
        return None
    kind = next((CHART_KINDS[word.fold] for word in reading.words if word.fold in CHART_KINDS), None)
    if kind is not None:
        return _CHARTS[kind]
    return "line" if groups and _is_timed(groups[0]) else "bar"


def _lists_rows(
    reading: Reading, rank: Rank | None, groups: list[Grouping], restrictions: Sequence[object]
) -> bool:
    """ "Which orders have units over 9": each group would be one row."""
    if rank is not None or not groups or not restrictions:
        return False
    return groups[0].column.is_identifier and reading.fold(0) in ("which", "what", "list", "show")


def _bounded(
    reading: Reading,
    bounds: list[Limit],
    groups: list[Grouping],
    wanted: Measured,
    conditions: list[Condition],
) -> tuple[list[Condition], Compared | None]:
    """Limits on rows are conditions; a limit on the measure of asked-for groups is a limit on the groups."""
    measure = wanted.measures[0]
    having: Compared | None = None
    asks = reading.fold(0) in ("which", "what", "who", "list", "show")
    for bound in bounds:
        column = bound.column or measure.column
        is_count = measure.column is None and bound.column is None
        if asks and groups and (is_count or column == measure.column):
            having = Compared(column or groups[0].column, bound.comparator, bound.value)
        elif column is not None:
            conditions = [*conditions, Compared(column, bound.comparator, bound.value)]
    return conditions, having


def _kind(
    reading: Reading, rank: Rank | None, groups: list[Grouping], conditions: list[Condition], wanted: Measured
) -> Kind:
    if _wants_rows(reading, rank, groups, conditions, wanted):
        return "rows"
    if groups and (reading.has(TREND) is not None or _is_timed(groups[0])) and rank is None:
        return "comparison" if reading.has(COMPARE) is not None and _several(conditions) else "trend"
    if rank is not None and groups:
        return "ranking"
    if groups and (_several(conditions) or (reading.has(COMPARE) is not None)):
        return "comparison"
    return "groups" if groups else "figure"


def _wants_rows(
    reading: Reading, rank: Rank | None, groups: list[Grouping], conditions: list[Condition], wanted: Measured
) -> bool:
    if groups or rank is not None or reading.says("how", "many") is not None:
        return False
    lists = reading.has(LIST) is not None or reading.fold(0) == "show"
    if lists and not any(measure.column is not None and wanted.is_named for measure in wanted.measures):
        return True
    if lists and conditions:
        return True
    asks = reading.fold(0) in ("which", "what", "who", "show", "list", "find", "when", "where")
    if asks and conditions and not wanted.is_named and reading.has(SHARE) is None:
        return True
    limited = {condition.column for condition in conditions if isinstance(condition, Compared)}
    opens = bool(reading.mentions) and reading.mentions[0].first <= 1 and _names_rows(reading.mentions[0])
    is_limited = bool(limited) and limited == {measure.column for measure in wanted.measures}
    return opens and bool(conditions) and (is_limited or not wanted.is_named)


def _names_rows(mention: Mention) -> bool:
    return mention.kind == "table" or (mention.column is not None and mention.column.is_identifier)


def _is_timed(group: Grouping) -> bool:
    return group.bucket is not None or group.column.is_calendar


def _several(conditions: list[Condition]) -> bool:
    return any(
        (isinstance(each, Among) and len(each.values) > 1 and not each.negated)
        or (isinstance(each, During) and len(each.periods) > 1)
        for each in conditions
    )
