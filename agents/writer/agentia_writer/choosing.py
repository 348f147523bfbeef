"""Which sentences of a text tell most: they share its frequent words, come early, and are not alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from agentia_kit.language.words import content_stems, words

_PRONOUNS = frozenset(["it", "this", "that", "they", "these", "those", "he", "she"])
"""A sentence that begins so leans on the one before."""
ALIKE = 0.7
"""Overlap of words from which two sentences say the same."""


def telling(sentences: Sequence[str]) -> list[str]:
    """All sentences but repetitions, the most telling first."""
    stems = [frozenset(content_stems(sentence)) for sentence in sentences]
    frequent = Counter(stem for each in stems for stem in each)
    ranked = sorted(range(len(sentences)), key=lambda at: (-_weight(at, sentences, stems, frequent), at))
    kept: list[int] = []
    for at in ranked:
        if not any(_overlap(stems[at], stems[other]) > ALIKE for other in kept):
            kept.append(at)
    return [sentences[at] for at in kept]


def in_order(chosen: Sequence[str], sentences: Sequence[str]) -> list[str]:
    """The chosen sentences as the text has them one after the other."""
    places = {sentence: at for at, sentence in reversed(list(enumerate(sentences)))}
    return sorted(chosen, key=lambda sentence: places[sentence])


def _weight(
    at: int, sentences: Sequence[str], stems: Sequence[frozenset[str]], frequent: Counter[str]
) -> float:
    own = stems[at]
    if not own:
        return 0.0
    shared = sum(frequent[stem] - 1 for stem in own) / len(own) ** 0.5
    figures = 0.8 * min(2, sum(word.kind in ("number", "date") for word in words(sentences[at])))
    early = 2.0 if at == 0 else 1.0 / (1 + at)
    long = 0.5 * max(0, len(own) - 30) / 10
    leaning = 1.5 if words(sentences[at])[0].fold in _PRONOUNS else 0.0
    return shared + figures + early - long - leaning


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
