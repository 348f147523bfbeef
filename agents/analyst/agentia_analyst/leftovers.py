"""The words that nothing explains: a figure that ignores half of the question would be wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agentia_analyst.intent import NotUnderstood, Query
from agentia_analyst.reading import Reading
from agentia_analyst.vocabulary import DOING, GLUE, HIGH, KEYWORDS, LOW, ROW_NOUNS, synonyms
from agentia_kit.language.numbers import number_of
from agentia_kit.language.words import Word

_POINTING = frozenset(
    ["for", "in", "from", "of", "at", "where", "is", "are", "=", "with", "by", "per", "without", "not"]
)
_ARTICLES = frozenset(["the", "a", "an"])


def checked(reading: Reading, query: Query, *, is_sure: bool) -> Query | NotUnderstood:
    """The query, with a note of words left aside; or why it must not be answered."""
    left = [
        at
        for at, word in enumerate(reading.words)
        if at not in reading.used
        and _matters(word, is_sure)
        and not _leads_to_value(reading, at)
        and not _is_verb(reading, at)
    ]
    for at in left:
        if _points(reading, at) or _is_name(reading, at):
            return NotUnderstood(
                f"“{reading.words[at].text}” is no column of `{reading.table.name}` and no value in it."
            )
    if not left:
        return query
    if _decides(reading, query, left, is_sure):
        return NotUnderstood(f"I cannot tell what {_listed(reading, left)} means for `{reading.table.name}`.")
    return replace(query, notes=(*query.notes, f"I left {_listed(reading, left)} aside."))


def _decides(reading: Reading, query: Query, left: Sequence[int], is_sure: bool) -> bool:
    """Whether the answer hangs on the words left: a count of something, a number guessed or unknown."""
    if any(synonyms(reading.words[at].fold) and reading.words[at].fold not in DOING for at in left):
        return True
    if any(_is_asked_for(reading, at) for at in left):
        return True
    if query.kind == "rows":
        return False
    is_count = query.measures[0].column is None or query.measures[0].aggregate == "distinct"
    return (is_count and not query.groups) or not (is_sure or query.groups)


def _is_asked_for(reading: Reading, at: int) -> bool:
    """The noun behind "which", "top 3" or "most"."""
    before = [
        reading.fold(at - 1),
        *([reading.fold(at - 2)] if number_of(reading.fold(at - 1)) is not None else []),
    ]
    return any(word in HIGH | LOW | {"which", "what"} for word in before)


def _matters(word: Word, is_sure: bool) -> bool:
    if word.kind in ("number", "sign", "file") or not word.is_content:
        return False
    if word.fold in DOING or (is_sure and synonyms(word.fold)):
        return False
    return word.fold not in GLUE | KEYWORDS | ROW_NOUNS


def _leads_to_value(reading: Reading, at: int) -> bool:
    """A verb in front of what restricts the rows: "left from Oslo", "registered in 2021"."""
    place = at + 1
    if reading.fold(place) not in _POINTING | {"to", "on", "by"}:
        return False
    while reading.fold(place + 1) in _ARTICLES:
        place += 1
    if synonyms(reading.words[at].fold) or _is_name(reading, at) or _points(reading, at):
        return False
    mention = reading.starting(place + 1)
    return place + 1 in reading.used and (mention is None or mention.kind == "value")


def _is_verb(reading: Reading, at: int) -> bool:
    """What somebody did, at the end: "how many orders did Acme place"; how something is: "how big"."""
    did = any(reading.fold(place) in ("did", "do", "does") for place in range(at))
    return (did and at == len(reading.words) - 1) or reading.fold(at - 1) == "how"


def _points(reading: Reading, at: int) -> bool:
    place = at - 1
    while reading.fold(place) in _ARTICLES:
        place -= 1
    return reading.fold(place) in _POINTING


def _is_name(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    quoted = bool(re.match(r"[\"'“‘]", reading.question[max(0, word.start - 1) : word.start]))
    starts = at == 0 or bool(re.search(r"[.?!:]\s*$", reading.question[: word.start]))
    return quoted or (word.text[:1].isupper() and not starts)


def _listed(reading: Reading, places: Sequence[int]) -> str:
    return ", ".join(f"“{reading.words[at].text}”" for at in places[:4])
