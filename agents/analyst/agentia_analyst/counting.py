"""Counting: "how many orders", "number of different products", "most employees", "most common"."""

from __future__ import annotations

from agentia_analyst.intent import Grouping, Measure
from agentia_analyst.measured import Measured, extreme
from agentia_analyst.reading import Mention, Reading
from agentia_analyst.schema import Column
from agentia_analyst.vocabulary import AGGREGATES, SHARE, synonyms
from agentia_kit.language.vocabulary import wordset

_OFTEN = frozenset(
    ["often", "frequent", "frequently", "common", "popular", "rows", "records", "entries", "times"]
)
_ANYTHING = wordset("""
    people persons members visitors things transactions purchases deals sales entities events cases
""")
"""What the rows of any table may be called."""
_MANY = frozenset(["most", "fewest", "least", "more", "fewer"])


def count(reading: Reading, groups: list[Grouping]) -> Measured | None:
    """The count that is asked for; None when none is."""
    if _most_of_table(reading) or _share_of_rows(reading):
        return Measured((Measure("count", None),), True)
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
    wanted = extreme(reading.fold(place - 3))
    if column is not None and column.is_measure and wanted and not groups:
        return Measured((Measure(wanted, column),), True)
    if column is not None and column.is_measure and not is_distinct:
        return Measured((Measure("sum", column),), True, (f"I added up `{column.name}`.",))
    if column is not None and column not in {group.column for group in groups} and not column.is_measure:
        return Measured(
            (Measure("distinct", column),), True, (f"I counted the different values of `{column.name}`.",)
        )
    if mention is None and place < len(reading.words):
        noun = reading.words[place]
        if noun.fold in _ANYTHING and (reading.of("value") or reading.of("column") or reading.of("table")):
            reading.use(place)
            note = f"I took each row of `{reading.table.name}` as one of the {noun.text}."
            return Measured((Measure("count", None),), True, (note,))
    return Measured((Measure("count", None),), True)


def _share_of_rows(reading: Reading) -> bool:
    """ "What percentage of orders was shipped": of rows, when no number is named."""
    if reading.has(SHARE) is None or any(synonyms(word.fold) for word in reading.words):
        return False
    return not any(
        mention.column is not None and mention.column.is_measure for mention in reading.of("column")
    )


def _most_of_table(reading: Reading) -> bool:
    """ "The most employees": the rows of a table of employees, or things that an identifier tells apart."""
    for mention in reading.mentions:
        names_rows = mention.kind == "table" or (mention.column is not None and mention.column.is_identifier)
        if names_rows and reading.fold(mention.first - 1) in _MANY:
            return not figures_named_as(reading, mention)
    return False


def figures_named_as(reading: Reading, mention: Mention) -> list[Column]:
    """The numbers that share the table's name: `honey_kg` where "honey" names the table honey.csv."""
    said = {word.stem for word in reading.words[mention.first : mention.last]}
    return [column for column in reading.table.measures if said <= set(column.stems)]
