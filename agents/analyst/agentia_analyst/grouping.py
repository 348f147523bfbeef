"""By what figures are to be split: "by region", "per month", "which product", "top 3 customers"."""

from __future__ import annotations

from datetime import date

from agentia_analyst.conditions import date_column
from agentia_analyst.intent import Bucket, Grouping
from agentia_analyst.reading import Mention, Reading
from agentia_analyst.schema import Column, Table
from agentia_analyst.vocabulary import BUCKETS, COMPARE, DAYS, GROUP, PERSON_COLUMNS
from agentia_kit.language.words import stem

_NAMES = frozenset(map(stem, ["name", "title", "label"]))
_PEOPLE = frozenset(map(stem, PERSON_COLUMNS))
_ASKING = frozenset(["which", "what"])
_ENDS_NOUN = frozenset(["is", "are", "was", "were", "the", "of"])
_JOINTS = frozenset(["and", ","])


def split_by(reading: Reading, rank_at: int | None) -> list[Grouping]:
    """The groupings that the question names, in order, at most two."""
    found = _after_by(reading) or _asked_for(reading) or _ranked(reading, rank_at) or _loose(reading)
    return found[:2]


def in_time(reading: Reading) -> Grouping | None:
    """The table's dates, cut as fits how far they reach."""
    column = date_column(reading)
    if column is not None:
        return Grouping(column, fitting(column), is_assumed=True)
    return next((Grouping(each) for each in reading.table.columns if each.is_calendar), None)


def fitting(column: Column) -> Bucket:
    """Days up to two months, months up to four years, then years."""
    try:
        low, high = (date.fromisoformat(str(each)[:10]) for each in (column.low, column.high))
    except ValueError:
        return "month"
    days = (high - low).days
    return "day" if days <= 62 else "month" if days <= 4 * 366 else "year"


def label(table: Table) -> Column | None:
    """The column that names the rows of `table`: `name` of customers, `order_id` of orders."""
    own = set(table.stems)
    named = (
        column
        for column in table.categories
        if _NAMES & set(column.stems) and (len(column.stems) == 1 or own & set(column.stems))
    )
    single = (column for column in table.columns if column.is_identifier)
    return next(named, None) or next(single, None) or next(iter(table.categories), None)


def _after_by(reading: Reading) -> list[Grouping]:
    found: list[Grouping] = []
    for at, word in enumerate(reading.words):
        if word.fold in GROUP and at not in reading.used:
            place = at + 1
            while reading.fold(place) in ("the", "each", "every", "single"):
                place += 1
            group, after = _at(reading, place)
            if group is not None:
                reading.use(at)
                found.append(group)
            more = (
                _at(reading, after + 1)[0] if group is not None and reading.fold(after) in _JOINTS else None
            )
            found.extend([more] if more is not None else [])
    return found or _adjective(reading)


def _adjective(reading: Reading) -> list[Grouping]:
    for at, word in enumerate(reading.words):
        bucket = next(
            (name for name, forms in BUCKETS.items() if word.fold in forms and word.fold.endswith("ly")), None
        )
        if bucket or word.fold == "annual":
            group = _bucket(reading, at)
            return [group] if group is not None else []
    return []


def _asked_for(reading: Reading) -> list[Grouping]:
    for at, word in enumerate(reading.words):
        if word.fold in _ASKING:
            for place in range(at + 1, min(at + 4, len(reading.words))):
                if reading.fold(place) in _ENDS_NOUN:
                    break
                group = _at(reading, place)[0] or _row_name(reading, place)
                if group is not None:
                    return [group]
        if word.fold == "who":
            return _people(reading)
    return []


def _ranked(reading: Reading, rank_at: int | None) -> list[Grouping]:
    if rank_at is None:
        return []
    for place in range(rank_at + 1, min(rank_at + 4, len(reading.words))):
        mention = reading.starting(place)
        if mention is not None and mention.column is not None and mention.column.is_measure:
            return []
        group = _at(reading, place)[0] or _row_name(reading, place)
        if group is not None:
            return [group]
    return []


def _loose(reading: Reading) -> list[Grouping]:
    """A column in the plural ("compare the regions"), with no value of its own beside it."""
    filtered = {mention.column for mention in reading.of("value")}
    compares = reading.has(COMPARE) is not None
    return [
        Grouping(mention.column)
        for mention in reading.of("column")
        if mention.column is not None
        and mention.column in reading.table.categories
        and mention.column.kind == "text"
        and mention.column not in filtered
        and not _is_counted(reading, mention)
        and (compares or reading.fold(mention.last - 1).endswith("s"))
    ]


def _is_counted(reading: Reading, mention: Mention) -> bool:
    """ "How many regions", "the number of different regions": the things, not a split."""
    for at in range(mention.first - 1, max(-1, mention.first - 5), -1):
        if reading.fold(at) == "many" or (reading.fold(at - 1), reading.fold(at)) == ("number", "of"):
            return True
        if at in reading.used:
            return False
    return False


def _at(reading: Reading, place: int) -> tuple[Grouping | None, int]:
    mention = reading.starting(place)
    if mention is not None and mention.kind == "column":
        group = _of(reading, mention)
        return group, mention.last
    group = _bucket(reading, place)
    return group, place + 1


def _of(reading: Reading, mention: Mention) -> Grouping | None:
    column = mention.column
    if column is None or column.is_measure:
        return None
    if column.kind != "date":
        return Grouping(column)
    is_day = reading.fold(mention.last - 1) in DAYS
    return Grouping(column, "day") if is_day else Grouping(column, fitting(column), is_assumed=True)


def _bucket(reading: Reading, place: int) -> Grouping | None:
    word = reading.fold(place)
    for bucket, forms in BUCKETS.items():
        if word in forms or (bucket == "day" and word in DAYS):
            reading.use(place)
            return _cut(reading, _BUCKET[bucket])
    return None


_BUCKET: dict[str, Bucket] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}


def _cut(reading: Reading, bucket: Bucket) -> Grouping | None:
    column = date_column(reading)
    if column is not None:
        return Grouping(column, bucket)
    numbers = (each for each in reading.table.columns if each.is_calendar and each.stems[-1] == bucket)
    return next((Grouping(each) for each in numbers), None)


def _row_name(reading: Reading, place: int) -> Grouping | None:
    """ "Which customer" in a table `customers`: the column that names its rows."""
    mention = reading.starting(place)
    if mention is None or mention.kind != "table" or mention.weight > 8:
        return None
    column = label(reading.table)
    return Grouping(column) if column is not None else None


def _people(reading: Reading) -> list[Grouping]:
    for column in reading.table.categories:
        if _PEOPLE & set(column.stems):
            return [Grouping(column)]
    column = label(reading.table)
    return [Grouping(column)] if column is not None else []
