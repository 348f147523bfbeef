"""`POST /find`: which agents can do something."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from agentia_fabric.directory.wire import Candidate, Dropped, Find, Found
from agentia_registry.search.catalogue import Catalogue, Document
from agentia_registry.search.scoring import CUTOFF, Score, Scoring

ASKED = 64
"""Words of a query that the index is asked for, the rarest ones."""
SCORED = 200
"""Documents of the index that are looked at closely."""
MAX_DROPPED = 50
MAX_TEXT = 20_000
"""Characters of a query that are looked at."""
CERTAIN = Score(100.0, 0.0, 1.0, frozenset())
"""Asked for by skill alone, whoever has the skill is as capable as can be."""


@dataclass(slots=True)
class _Ranking:
    """The best document of each agent."""

    best: dict[str, tuple[Score, Document]] = field(default_factory=dict[str, tuple[Score, Document]])

    def offer(self, score: Score, document: Document) -> None:
        before = self.best.get(document.agent.identifier)
        if before is None or score.total > before[0].total:
            self.best[document.agent.identifier] = (score, document)

    def sorted(self) -> list[tuple[Score, Document]]:
        return sorted(self.best.values(), key=lambda found: (-found[0].total, found[1].agent.name))


class Finder:
    """Answers from the catalogue, which holds living agents only."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._scoring = Scoring(catalogue)

    def find(self, find: Find) -> Found:
        """The agents that reach the cut-off, best first, and the nearest of those that do not.

        Asked for by skill, who has it is capable: the text only says which comes first, and the cut-off is 0.
        """
        cutoff = CUTOFF if find.skill is None else 0.0
        start = time.perf_counter()
        words = self._catalogue.stemmer.by_word(find.text[:MAX_TEXT])
        ranking = _Ranking()
        dropped: dict[str, Dropped] = {}
        for score, document in self._scored(find, frozenset(words.values())):
            reason = _reason_against(find, document)
            if reason is None:
                ranking.offer(score, document)
            elif score.total >= cutoff:
                dropped[document.agent.identifier] = Dropped(name=document.agent.name, reason=reason)
        candidates = [_candidate(score, document, words) for score, document in ranking.sorted()]
        return Found(
            capable=[candidate for candidate in candidates if candidate.score >= cutoff][: find.limit],
            nearest=[candidate for candidate in candidates if candidate.score < cutoff][: find.limit],
            dropped=[d for identifier, d in dropped.items() if identifier not in ranking.best][:MAX_DROPPED],
            cutoff=cutoff,
            took_ms=(time.perf_counter() - start) * 1000,
        )

    def _scored(self, find: Find, stems: frozenset[str]) -> Iterable[tuple[Score, Document]]:
        documents = self._catalogue.documents
        if not stems:
            wanted = (d for d in documents.values() if find.skill is not None and d.skill.id == find.skill)
            return [(CERTAIN, document) for document in wanted]
        weights = self._scoring.weights(stems)
        keys = self._catalogue.index.candidates(
            sorted(stems, key=lambda stem: -weights[stem])[:ASKED], SCORED
        )
        if find.skill is not None:
            keys = [key for key, document in documents.items() if document.skill.id == find.skill]
        return [(self._scoring.score(weights, documents[key]), documents[key]) for key in keys]


def _reason_against(find: Find, document: Document) -> str | None:
    """Why a filter takes a document out, in one sentence."""
    if document.agent.name in find.exclude:
        return "The caller has excluded it."
    produced = document.card.produces(document.skill)
    if find.output_modes and not _meet(find.output_modes, produced):
        return (
            f"It answers with {', '.join(produced) or 'nothing that it names'}, not with what was asked for."
        )
    return None


def _meet(wanted: Iterable[str], produced: Iterable[str]) -> bool:
    have = [mode.lower() for mode in produced]
    return any(fnmatchcase(mode, pattern.lower()) for pattern in wanted for mode in have)


def _candidate(score: Score, document: Document, words: dict[str, str]) -> Candidate:
    return Candidate(
        name=document.agent.name,
        identifier=document.agent.identifier,
        skill=document.skill.id,
        skill_name=document.skill.name,
        score=round(score.total, 1),
        parts={"bm25": round(score.bm25, 3), "coverage": round(score.coverage, 3)},
        matched=[word for word, stem in words.items() if stem in score.matched],
    )
