"""What stands around a sentence: the heading above it, and the one its "she" points back to."""

from __future__ import annotations

import re

from agentia_kit.language.vocabulary import wordset
from agentia_kit.language.words import words
from agentia_librarian.passages import Passage, Quotation

_BACK = wordset("it he she they them him her")
_UNDERLINED = re.compile(r"[^\n]+\n(?:={3,}|-{3,})\s*")


def is_heading(sentence: Quotation, passage: Passage) -> bool:
    """Whether `sentence` is a title: underlined, or the words that the document or section is called by."""
    text = sentence.quote.strip()
    return bool(_UNDERLINED.fullmatch(text)) or text in (passage.title, passage.quotation.heading)


def points_back(sentence: Quotation) -> bool:
    """Whether a word of `sentence` stands for something that may have been named before it."""
    return any(word.fold in _BACK for word in words(sentence.quote))


def before(sentences: list[Quotation], at: int) -> Quotation | None:
    """The sentence in front of the one at `at`, when that one points back and both are of one paragraph."""
    if at == 0 or not points_back(sentences[at]):
        return None
    one, other = sentences[at - 1], sentences[at]
    return one if other.line_start - one.line_end <= 1 else None
