"""From a query and a document to a number that means the same for every query.

BM25 alone does not: it grows with the length of the query and with the number of documents. So

- a word weighs by how rare it is, in the collection and in English: the collection counts as it is, English
  as if it were another :data:`PRIOR_DOCUMENTS` documents (four agents alone could not tell a rare word from
  a common one);
- the BM25 sum is divided by the root of the weight of the whole query: a long query matches something
  anywhere;
- and by the logarithm of the document's length, for the same reason;
- and by what the best of so many documents reaches by chance, which grows with the logarithm of their number.

1 is then the cut-off, shown as 50 of 100. The constants were found on MetaTool (``benchmarks/routing``):
there four agents with three examples each take 8 of 10 queries that are theirs and 1 of 14 that are
nobody's.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from agentia_registry.search.catalogue import Catalogue, Document
from agentia_registry.search.common_words import RARE, SHARES

PRIOR_DOCUMENTS = 100
SATURATION = 1.2
"""BM25's k1."""
LENGTH_PENALTY = 0.75
"""BM25's b."""
SHORTEST_AVERAGE = 20.0
"""Stems that a document has on average at least, for the penalty above."""
CHANCE, CHANCE_GROWTH = 0.25, 0.035
"""What the best of N documents reaches by chance: the first plus the second times ln N."""
CUTOFF = 50.0


@dataclass(frozen=True, slots=True)
class Score:
    """``total`` 0 to 100; ``bm25`` before all divisions; ``coverage`` 0 to 1, by weight of the words."""

    total: float
    bm25: float
    coverage: float
    matched: frozenset[str]
    """Stems of the query that the document holds."""


class Scoring:
    """Scores documents of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._shares: dict[str, float] = {}
        for word, share in SHARES.items():
            for stem in catalogue.stemmer.stems(word):
                self._shares[stem] = max(share, self._shares.get(stem, 0.0))

    def weights(self, stems: Collection[str]) -> dict[str, float]:
        """What each stem of a query weighs: minus the logarithm of its share of all texts."""
        total = len(self._catalogue.documents) + PRIOR_DOCUMENTS
        seen = self._catalogue.frequency
        return {
            stem: -math.log((seen[stem] + PRIOR_DOCUMENTS * self._shares.get(stem, RARE)) / total)
            for stem in set(stems)
        }

    def score(self, weights: dict[str, float], document: Document) -> Score:
        """How well a document fits a query with these weights."""
        matched = frozenset(weights.keys() & document.stems.keys())
        whole = sum(weights.values())
        if not matched or whole <= 0:
            return Score(0.0, 0.0, 0.0, frozenset())
        bm25 = sum(weights[stem] * self._saturated(document.stems[stem], document.length) for stem in matched)
        count = len(self._catalogue.documents)
        level = CHANCE + CHANCE_GROWTH * math.log(count)
        strength = bm25 / math.sqrt(whole) / math.log(4 + document.length) / level
        return Score(
            total=100 * strength**2 / (1 + strength**2),
            bm25=bm25,
            coverage=sum(weights[stem] for stem in matched) / whole,
            matched=matched,
        )

    def _saturated(self, frequency: int, length: int) -> float:
        average = max(SHORTEST_AVERAGE, self._catalogue.length / len(self._catalogue.documents))
        penalty = SATURATION * (1 - LENGTH_PENALTY + LENGTH_PENALTY * length / average)
        return frequency * (SATURATION + 1) / (frequency + penalty)
