"""The words that nothing explains: a figure that ignores half of the question would be wrong."""

from __future__ import annotations

import re

from agentia_analyst.intent import NotUnderstood, Query
from agentia_analyst.reading import Reading
from agentia_analyst.vocabulary import GLUE, KEYWORDS, ROW_NOUNS, synonyms
from agentia_kit.language.words import Word

_POINTING = frozenset(
    ["for", "in", "from", "of", "at", "where", "is", "are", "=", "with", "by", "per", "without", "not"]
)
_ARTICLES = frozenset(["the", "a", "an"])


def unexplained(reading: Reading, query: Query, *, is_sure: bool) -> NotUnderstood | None:
    """Why the query must not be answered, when a word that matters means nothing in its table."""
    left = [at for at, word in enumerate(reading.words) if at not in reading.used and _matters(word)]
    for at in left:
        if _points(reading, at) or _is_name(reading, at):
            return NotUnderstood(
                f"“{reading.words[at].text}” is no column of `{reading.table.name}` and no value in it."
            )
    if left and not is_sure and not query.groups and query.kind != "rows":
        words = ", ".join(f"“{reading.words[at].text}”" for at in left[:4])
        return NotUnderstood(f"I cannot tell what {words} means for `{reading.table.name}`.")
    return None


def _matters(word: Word) -> bool:
    if word.kind in ("number", "sign", "file") or not word.is_content:
        return False
    return word.fold not in GLUE | KEYWORDS | ROW_NOUNS and not synonyms(word.fold)


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
