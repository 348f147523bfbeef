"""What a question wants computed: "average price", "how many orders", "revenue", "sold most"."""

from __future__ import annotations

from agentia_analyst.counting import count, figures_named_as
from agentia_analyst.intent import Aggregate, Grouping, Measure
from agentia_analyst.measured import Measured, extreme
from agentia_analyst.moments import extreme_moment
from agentia_analyst.reading import CERTAIN, Reading
from agentia_analyst.schema import Column
from agentia_analyst.vocabulary import AGGREGATES, HIGH, LOW, synonyms

_PLAIN: dict[str, Aggregate] = {"sum": "sum", "avg": "avg", "median": "median", "count": "count"}


def measured(reading: Reading, groups: list[Grouping]) -> Measured:
    """What is to be computed over the rows of the reading's table."""
    if (counted := count(reading, groups)) is not None:
        return counted
    if (moment := extreme_moment(reading)) is not None:
        return moment
    aggregate = _aggregate(reading)
    taken = {group.column for group in groups}
    named = [each for each in _numbers(reading) or _named_as_the_table(reading) if each not in taken]
    if named:
        measures = tuple(Measure(aggregate or _usual(reading, each, groups), each) for each in named[:3])
        return Measured(measures, True, _explained(measures[0], aggregate))
    return _meant(reading, groups, aggregate)


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


def _named_as_the_table(reading: Reading) -> list[Column]:
    """A word for the table that stands where a number would: "which hive gave most honey?"."""
    loosely = [each for each in reading.of("table") if each.weight < CERTAIN]
    return [column for mention in loosely for column in figures_named_as(reading, mention)]


def _usual(reading: Reading, column: Column, groups: list[Grouping]) -> Aggregate:
    """The aggregate that fits when none is named: extremes of prices and single rows, sums of amounts."""
    before = [reading.fold(each.first - 1) for each in reading.of("column") if each.column == column]
    extremes: list[Aggregate | None] = [extreme(word) for word in before if word in HIGH | LOW]
    is_of_rows = column.is_intensive or not groups or _is_row_each(reading, groups)
    if extremes and extremes[0] and is_of_rows:
        return extremes[0]
    if column.is_intensive:
        return "avg"
    return "sum"


def _is_row_each(reading: Reading, groups: list[Grouping]) -> bool:
    """Whether each day has one row: then its figure is that of the row."""
    one = groups[0]
    return len(groups) == 1 and one.bucket == "day" and one.column.distinct == reading.table.rows


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
    return Measured((measure,), aggregate is not None, (note,), tuple(able[1:]), is_guess=True)


def _likelihood(column: Column) -> int:
    """Low for what people usually ask about without naming it."""
    usual = synonyms("sold")
    return min((usual.index(stem) for stem in column.stems if stem in usual), default=len(usual))
