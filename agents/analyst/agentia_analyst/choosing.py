"""Which table a question is about: the one whose names and values it uses most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agentia_analyst.conditions import reaches
from agentia_analyst.intent import AskBack, NotUnderstood
from agentia_analyst.reading import CERTAIN, Found, Mention, Reading, read
from agentia_analyst.schema import Table
from agentia_analyst.vocabulary import DAYS, ROW_NOUNS, synonyms
from agentia_kit.language.words import content_stems, words

_OUT_OF_TIME = -2
"""More than a word for the measure weighs: a table without the period asked for has no answer."""


def choose(
    question: str, tables: Sequence[Table], found: Mapping[str, Sequence[Found]]
) -> Reading | AskBack | NotUnderstood:
    """The question laid over the table that fits best; two that fit equally are asked about."""
    readings = [read(question, table, found.get(table.name, ())) for table in tables]
    certain = [each for each in readings if any(mention.weight >= CERTAIN for mention in each.of("table"))]
    scored = [(_score(each), each) for each in certain or readings]
    best = max(score for score, _ in scored)
    if best == 0 and not certain:
        return _unnamed(readings)
    winners = [each for score, each in scored if score == best]
    return winners[0] if len(winners) == 1 else _which(winners)


def _score(reading: Reading) -> float:
    names = sum(_weight(reading, mention) for mention in reading.mentions)
    stems = {stem for column in reading.table.measures for stem in column.stems}
    likely = max((_likelihood(stems, word.fold) for word in reading.words), default=0.0)
    return names + likely + (0 if reaches(reading) else _OUT_OF_TIME)


def _weight(reading: Reading, mention: Mention) -> int:
    """A day tells little about a table: its dates may be called otherwise and be meant all the same."""
    is_day = mention.kind == "column" and mention.last - mention.first == 1
    if is_day and reading.table.dates and reading.fold(mention.first) in DAYS:
        return 1
    return max(mention.weight, 1) * (mention.last - mention.first)


def _likelihood(stems: set[str], word: str) -> float:
    """Up to 1: how likely a number of the table is what `word` means."""
    return max((1 / (1 + at) for at, stem in enumerate(synonyms(word)) if stem in stems), default=0.0)


def _unnamed(readings: Sequence[Reading]) -> Reading | AskBack | NotUnderstood:
    only = readings[0]
    counts = {word.fold for word in only.words} & (ROW_NOUNS | {"count", "total", "average", "sum"})
    if counts and len(readings) == 1:
        return only
    if counts:
        return _which(readings)
    named = ", ".join(f"“{word}”" for word in list(dict.fromkeys(_content(only.question)))[:4])
    return NotUnderstood(f"I see no table, column or value that goes with {named or 'the question'}.")


def _content(question: str) -> list[str]:
    wanted = set(content_stems(question))
    return [word.text for word in words(question) if word.stem in wanted and word.is_content]


def _which(readings: Sequence[Reading]) -> AskBack:
    names = [f"`{each.table.name}`" for each in readings]
    return AskBack(f"Which table do you mean: {', '.join(names[:-1])} or {names[-1]}?")
