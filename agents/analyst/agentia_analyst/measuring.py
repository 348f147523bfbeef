"""What a question wants computed: "average price", "how many orders", "revenue", "sold most"."""

from __future__ import annotations

from dataclasses import dataclass, field

from agentia_analyst.intent import Aggregate, Grouping, Measure
from agentia_analyst.reading import Mention, Reading
from agentia_analyst.schema import Column
from agentia_analyst.vocabulary import AGGREGATES, HIGH, LOW, ROW_NOUNS, synonyms

_OFTEN = frozenset(
    ["often", "frequent", "frequently", "common", "popular", "rows", "records", "entries", "times"]
)
_PLAIN: dict[str, Aggregate] = {"sum": "sum", "avg": "avg", "median": "median", "count": "count"}


@dataclass(frozen=True)
class Measured:
    """The measures with the assumptions behind them; `is_named` is false for a guess."""

    measures: tuple[Measure, ...]
    is_named: bool
    notes: tuple[str, ...] = ()
    others: tuple[Column, ...] = field(default=())
    """Other columns that the same word may mean."""


def measured(reading: Reading, groups: list[Grouping]) -> Measured:
    """What is to be computed over the rows of the reading's table."""
    counted = _counted(reading, groups)
    if counted is not None:
        return counted
    aggregate = _aggregate(reading)
    taken = {group.column for group in groups}
    named = [each for each in _numbers(reading) if each not in taken]
    if named:
        measures = tuple(Measure(aggregate or _usual(reading, each, groups), each) for each in named[:3])
        return Measured(measures, True, _explained(measures[0], aggregate))
    return _meant(reading, groups, aggregate)


def _counted(reading: Reading, groups: list[Grouping]) -> Measured | None:
    asked = (
        reading.says("how", "many")
        if reading.says("how", "many") is not None
        else reading.says("number", "of")
    )
    if asked is None:
        asked = reading.has(AGGREGATES["count"])
        if asked is None:
            often = reading.has(_OFTEN)
            return Measured((Measure("count", None),), True) if often is not None else None
        asked -= 1 if reading.fold(asked + 1) not in ("of", "the") else 0
    reading.use(asked, asked + 1)
    place = asked + 2
    is_distinct = reading.fold(place) in ("different", "distinct", "unique")
    while reading.fold(place) in ("the", "of", "different", "distinct", "unique", "all"):
        place += 1
    mention = next((each for each in reading.mentions if each.first in (place, place + 1)), None)
    return _things(reading, mention, groups, is_distinct=is_distinct, place=place)


def _things(
    reading: Reading, mention: Mention | None, groups: list[Grouping], *, is_distinct: bool, place: int
) -> Measured:
    column = mention.column if mention is not None and mention.kind == "column" else None
    extreme = _extreme(reading.fold(place - 3))
    if column is not None and column.is_measure and extreme and not groups:
        return Measured((Measure(extreme, column),), True)
    if column is not None and column.is_measure and not is_distinct:
        return Measured((Measure("sum", column),), True, (f"I added up `{column.name}`.",))
    if column is not None and column not in {group.column for group in groups} and not column.is_measure:
        return Measured(
            (Measure("distinct", column),), True, (f"I counted the different values of `{column.name}`.",)
        )
    if mention is None and place < len(reading.words):
        noun = reading.words[place]
        others = reading.of("value") or reading.of("column") or reading.of("table")
        if noun.is_content and noun.fold not in ROW_NOUNS and noun.kind == "word" and others:
            reading.use(place)
            note = f"I took each row of `{reading.table.name}` as one of the {noun.text}."
            return Measured((Measure("count", None),), True, (note,))
    return Measured((Measure("count", None),), True)


def _aggregate(reading: Reading) -> Aggregate | None:
    for name, forms in AGGREGATES.items():
        at = reading.has(forms)
        if at is not None and name in _PLAIN:
            return _PLAIN[name]
    return None


def _numbers(reading: Reading) -> list[Column]:
    found: list[Column] = []
    for mention in reading.of("column"):
        if mention.column is not None and mention.column.is_measure and mention.column not in found:
            found.append(mention.column)
    return found


def _usual(reading: Reading, column: Column, groups: list[Grouping]) -> Aggregate:
    """The aggregate that fits when none is named: extremes of prices and single rows, sums of amounts."""
    before = [reading.fold(each.first - 1) for each in reading.of("column") if each.column == column]
    extremes: list[Aggregate | None] = [_extreme(word) for word in before if word in HIGH | LOW]
    if extremes and extremes[0] and (column.is_intensive or not groups):
        return extremes[0]
    if column.is_intensive:
        return "avg"
    return "sum"


def _extreme(word: str) -> Aggregate | None:
    if word in HIGH:
        return "max"
    if word in LOW:
        return "min"
    return None


def _explained(measure: Measure, aggregate: Aggregate | None) -> tuple[str, ...]:
    if measure.column is None or aggregate or measure.aggregate in ("max", "min"):
        return ()
    verb = "averaged" if measure.aggregate == "avg" else "added up"
    return (f"I {verb} `{measure.column.name}`.",)


def _meant(reading: Reading, groups: list[Grouping], aggregate: Aggregate | None) -> Measured:
    taken = {group.column for group in groups}
    able = [each for each in reading.table.measures if each not in taken]
    for at, word in enumerate(reading.words):
        wanted = synonyms(word.fold)
        fitting = [column for stem in wanted for column in able if stem in column.stems]
        if fitting:
            reading.use(at)
            column, *rest = dict.fromkeys(fitting)
            measure = Measure(aggregate or _usual(reading, column, groups), column)
            note = f"I took `{column.name}` for “{word.text}”."
            return Measured((measure,), True, (note,), tuple(rest))
    if aggregate == "count" or not able:
        return Measured(
            (Measure("count", None),), aggregate == "count", ("I counted rows.",) if not aggregate else ()
        )
    able.sort(key=_likelihood)
    measure = Measure(aggregate or _usual(reading, able[0], groups), able[0])
    note = f"No number was named, so I took `{able[0].name}`."
    return Measured((measure,), aggregate is not None, (note,), tuple(able[1:]))


def _likelihood(column: Column) -> int:
    """Low for what people usually ask about without naming it."""
    usual = synonyms("sold")
    return min((usual.index(stem) for stem in column.stems if stem in usual), default=len(usual))
