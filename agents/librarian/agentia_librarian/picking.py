"""Which sentence answers: it shares the rare words of the question and has in it what was asked for."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agentia_kit.language.vocabulary import wordset
from agentia_kit.language.words import Word, content_stems, stem, words
from agentia_librarian.asking import Asked, Expected, Term
from agentia_librarian.neighbours import before, is_heading
from agentia_librarian.passages import Passage, Quotation

ENOUGH = 0.5
"""The share of the question's weight that a sentence with its surroundings must carry."""

_ALIKE = """
    holiday vacation leave; cost price fee charge; phone telephone; begin start; staff employee
    worker; buy purchase; car vehicle; bill invoice; pay payment salary; end finish stop; illness
    sick sickness; allowed permitted may; boss manager supervisor; maximum limit most; minimum
    least; deadline due; mail email; founded established
"""
_SYNONYMS = {
    stem(word): frozenset(stem(each) for each in group.split())
    for group in _ALIKE.split(";")
    for word in group.split()
}
_TIME_WORDS = wordset("""
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday spring summer autumn winter daily weekly
    monthly yearly annually noon midnight morning evening o'clock week weeks month months day days
    year years hour hours quarter
""")
_TIME = re.compile(
    r"\b(?:1[0-9]|20)\d{2}\b|\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s?(?:am|pm)\b|\b\d{1,2}\.\s?\d{1,2}\."
)
_AMOUNT = re.compile(r"\d|%|[€$£]")
_AMOUNT_WORDS = wordset(
    "one two three four five six seven eight nine ten twelve twenty half once twice none no dozen"
)
_ROLES = wordset("""
    lead leader head director manager chair officer secretary president doctor owner founder board
    team office department staff supervisor
""")
_PLACE_WORDS = wordset(
    "in at on near street road building room floor office city hall kitchen folder cabinet under"
)


@dataclass(frozen=True)
class Picked:
    """The quotations that answer, best first, or the nearest ones that do not."""

    quotations: tuple[Quotation, ...]
    answers: bool
    missing: tuple[str, ...] = ()
    """Words of the question that no passage has."""


@dataclass(frozen=True)
class Surroundings:
    """The stems of a sentence and of what it is to be read with, the nearest first."""

    own: frozenset[str]
    referred: frozenset[str]
    """Of the sentence that it points back to."""
    around: frozenset[str]
    """Of titles and headings."""
    beside: frozenset[str]
    """Of the whole passage."""

    def carry(self, term: Term) -> float:
        """How surely the sentence is about `term`: 1 when it says so itself."""
        places = ((self.own, 1.0), (self.referred, 0.9), (self.around, 0.7), (self.beside, 0.4))
        return next((surely for stems, surely in places if _in(term, stems)), 0.0)


def pick(asked: Asked, found: Sequence[Passage]) -> Picked:
    """The best sentences of the passages found."""
    if not asked.terms or not found:
        return Picked((), False, tuple(term.text for term in asked.terms))
    weights = _weights(asked.terms, found)
    scored = sorted(_scored(asked, found, weights), key=lambda pair: -pair[0])
    missing = tuple(
        term.text for term in asked.terms if not any(_in(term, _words_of(each)) for each in found)
    )
    has_names = not any(term.is_name and term.text in missing for term in asked.terms)
    good = [
        each
        for score, each in scored
        if score >= ENOUGH and (asked.limit > 1 or score >= scored[0][0] * 0.999)
    ]
    if good and has_names:
        return Picked(tuple(_distinct(good))[: asked.limit], True, missing)
    return Picked(tuple(each for _, each in scored[:1]), False, missing)


def holds(expected: Expected, text: str, asked: frozenset[str] = frozenset()) -> bool:
    """Whether `text` has what `expected` asks for; a name that was `asked` about is no answer to "who"."""
    folds = {word.fold for word in words(text)}
    match expected:
        case "time":
            return bool(_TIME.search(text) or folds & _TIME_WORDS)
        case "amount":
            return bool(_AMOUNT.search(text) or folds & _AMOUNT_WORDS)
        case "person":
            return bool(folds & _ROLES) or any(
                _is_name(word) and word.stem not in asked for word in words(text)
            )
        case "place":
            return bool(folds & _PLACE_WORDS)
        case "text":
            return True


def _is_name(word: Word) -> bool:
    return word.kind == "word" and word.text[0].isupper() and word.is_content and word.fold not in _TIME_WORDS


def _weights(terms: Sequence[Term], found: Sequence[Passage]) -> dict[str, float]:
    """How much a term tells: the fewer passages have it, the more."""
    known = [_words_of(each) for each in found]
    return {
        term.stem: math.log(2 + len(found) / (0.5 + sum(_in(term, each) for each in known))) for term in terms
    }


def _scored(
    asked: Asked, found: Sequence[Passage], weights: dict[str, float]
) -> list[tuple[float, Quotation]]:
    whole = sum(weights.values())
    scored: list[tuple[float, Quotation]] = []
    for passage in found:
        every = passage.sentences()
        titles = [each for each in every if is_heading(each, passage)]
        named = " ".join([passage.title, passage.quotation.heading or "", *(each.quote for each in titles)])
        around = frozenset(content_stems(named))
        beside = _words_of(passage)
        for at, sentence in enumerate(every):
            own = frozenset(content_stems(sentence.quote))
            earlier = before(every, at) if asked.kind == "answer" else None
            earlier = None if earlier in titles else earlier
            referred = frozenset(content_stems(earlier.quote)) if earlier else frozenset[str]()
            surroundings = Surroundings(own, referred, around, beside)
            share = sum(weights[term.stem] * surroundings.carry(term) for term in asked.terms) / whole
            if share == 0 or sentence.quote.endswith("?"):
                continue
            if earlier and any(_in(term, referred) and not _in(term, own) for term in asked.terms):
                sentence = passage.joined(earlier, sentence)
            fits = holds(asked.expected, sentence.quote, frozenset(term.stem for term in asked.terms))
            is_title = sentence in titles and len(titles) < len(every)
            quotation = passage.quotation if asked.kind == "quote" and not _has_any(asked, own) else sentence
            scored.append((share * (1.0 if fits and not is_title else 0.45), quotation))
    return scored


def _has_any(asked: Asked, own: frozenset[str]) -> bool:
    return any(_in(term, own) for term in asked.terms)


def _in(term: Term, stems: frozenset[str]) -> bool:
    if term.stem in stems or _SYNONYMS.get(term.stem, frozenset()) & stems:
        return True
    return len(term.stem) >= 5 and any(len(each) >= 5 and _akin(term.stem, each) for each in stems)


def _akin(one: str, other: str) -> bool:
    """Whether one begins with the other but for an ending: "reimburse" and "reimbursement"."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= 4


def _words_of(passage: Passage) -> frozenset[str]:
    return frozenset(
        content_stems(f"{passage.title} {passage.quotation.heading or ''} {passage.quotation.quote}")
    )


def _distinct(quotations: Sequence[Quotation]) -> list[Quotation]:
    return list({" ".join(each.quote.split()): each for each in reversed(quotations)}.values())[::-1]
