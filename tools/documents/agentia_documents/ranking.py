"""Ranks passages: how many of the words asked for a passage holds, weighed by how rare they are.

Plain BM25 over an OR of the words prefers a short passage that repeats one of them; a passage that
answers a question holds most of them. So the score is mostly coverage, from 0 to 1 and the same
for every query; BM25 (headings weigh more) and neighbouring words decide between equals.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agentia_documents.kin import KIN, WEIGHT
from agentia_documents.wanted import Wanted, phrase

CANDIDATES = 500
COVERAGE, KEYWORDS, PAIRS, FIGURE = 0.72, 0.14, 0.09, 0.05
WEIGHTS = "1.0, 1.6, 1.2"  # quote, headings above, title and path
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage by its id, with its score from 0 to 1."""

    passage: int
    score: float


def ranked(
    database: sqlite3.Connection, asked: Wanted, documents: list[int] | None
) -> tuple[list[Ranked], int]:
    """The best passages, best first, and how many hold any of the words; `documents` narrows it to these."""
    if not asked.words:
        return [], 0
    scope, values = _scope(documents)
    kin = {word: KIN.get(word, ()) for word in asked.words}
    anything = " OR ".join(
        phrase(word) for word in {*asked.words, *(each for them in kin.values() for each in them)}
    )
    rows = database.execute(
        f"SELECT rowid, -bm25(passages, {WEIGHTS}), quote FROM passages WHERE passages MATCH ?{scope}"  # noqa: S608
        " ORDER BY 2 DESC, rowid LIMIT ?",
        (anything, *values, CANDIDATES),
    ).fetchall()
    if not rows:
        return [], 0
    (total,) = database.execute(
        f"SELECT count(*) FROM passages WHERE passages MATCH ?{scope}",  # noqa: S608
        (anything, *values),
    ).fetchone()
    coverage = _coverage(database, kin)
    pairs = [_holders(database, pair) for pair in asked.pairs]
    best = max(rows[0][1], 1e-9)
    found = [
        Ranked(
            passage,
            COVERAGE * coverage(passage)
            + KEYWORDS * max(keywords, 0.0) / best
            + PAIRS * (sum(passage in pair for pair in pairs) / len(pairs) if pairs else coverage(passage))
            + FIGURE * (coverage(passage) if not asked.figure else bool(DIGIT.search(quote))),
        )
        for passage, keywords, quote in rows
    ]
    return sorted(found, key=lambda each: (-each.score, each.passage)), int(total)


def _scope(documents: list[int] | None) -> tuple[str, tuple[int, ...]]:
    if documents is None:
        return "", ()
    marks = ", ".join("?" * len(documents))
    return f" AND rowid IN (SELECT id FROM places WHERE document IN ({marks}))", tuple(documents)  # noqa: S608


class _Coverage:
    """The share of the words, by weight, that a passage holds; a word that is nowhere weighs most.

    `holders` are, for each word, the passages with the word itself and those with a kin of it.
    """

    def __init__(self, holders: list[tuple[set[int], set[int]]], passages: int) -> None:
        self._holders = [
            (held, near, math.log(1 + passages / (len(held | near) + 0.5))) for held, near in holders
        ]
        self._whole = sum(weight for _, _, weight in self._holders) or 1.0

    def __call__(self, passage: int) -> float:
        told = 0.0
        for held, near, weight in self._holders:
            told += weight if passage in held else WEIGHT * weight if passage in near else 0.0
        return told / self._whole


def _coverage(database: sqlite3.Connection, kin: Mapping[str, Iterable[str]]) -> _Coverage:
    (passages,) = database.execute("SELECT count(*) FROM places").fetchone()
    holders: list[tuple[set[int], set[int]]] = []
    for word, them in kin.items():
        near = {passage for each in them for passage in _holders(database, each)}
        holders.append((_holders(database, word), near))
    return _Coverage(holders, passages)


def _holders(database: sqlite3.Connection, text: str) -> set[int]:
    matching = database.execute("SELECT rowid FROM passages WHERE passages MATCH ?", (phrase(text),))
    return {passage for (passage,) in matching}
