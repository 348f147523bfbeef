"""What a text is to be: its form, its length, for whom. Pure; its manual is `docs/questions.md`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from agentia_kit.language.numbers import number_of
from agentia_kit.language.vocabulary import wordset
from agentia_kit.language.words import Word, words

Form = Literal["summary", "brief", "bullets", "headline"]

_FORMS: dict[Form, frozenset[str]] = {
    "headline": wordset("headline headlines title subject"),
    "bullets": wordset("bullet bullets list points point takeaways highlights"),
    "summary": wordset("summarise summarize summary sum recap condense shorten abstract tldr"),
    "brief": wordset(
        "brief briefing memo note report letter email mail text paragraph paragraphs text article"
    ),
}
_UNITS: dict[str, frozenset[str]] = {
    "paragraphs": wordset("paragraph paragraphs"),
    "sentences": wordset("sentence sentences line lines"),
    "points": wordset("bullet bullets point points item items takeaways highlights"),
    "words": wordset("word words"),
}
_AUDIENCE = re.compile(
    r"\bfor (?:the |our |my |an? )?(?P<who>[a-z][a-z ]{2,40}?)(?=[.,;:?!]|$| about | on | with | in | from )",
    re.I,
)
_NOT_PEOPLE = wordset("it this that these those them each every example instance month year")


@dataclass(frozen=True)
class Order:
    """A form with what was said about its length; None means the writer decides."""

    form: Form
    paragraphs: int | None = None
    sentences: int | None = None
    points: int | None = None
    words: int | None = None
    audience: str = ""


def order(instruction: str) -> Order | None:
    """The order in `instruction`; None when it asks for no text that a writer makes."""
    tokens = words(instruction)
    said = {word.fold for word in tokens}
    form: Form | None = next((form for form, names in _FORMS.items() if said & names), None)
    if form is None and not said & {"write", "draft", "compose", "rewrite"}:
        return None
    counts = _counts(tokens)
    if form in ("bullets", "headline") and "paragraphs" in counts:
        form = "brief"
    if form == "brief" and "points" in counts:
        form = "bullets"
    return Order(
        form or "brief",
        counts.get("paragraphs"),
        counts.get("sentences"),
        counts.get("points"),
        counts.get("words"),
        _audience(instruction),
    )


def _counts(tokens: list[Word]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one, two in pairwise(tokens):
        number = (
            1
            if one.fold in ("a", "single") and two.fold in ("sentence", "paragraph")
            else number_of(one.fold)
        )
        unit = next((unit for unit, names in _UNITS.items() if two.fold in names), None)
        if unit == "points" and two.fold == "bullet":
            unit = "points"
        if unit is not None and isinstance(number, int) and 0 < number <= 1000:
            found.setdefault(unit, number)
    return found


def _audience(instruction: str) -> str:
    for match in _AUDIENCE.finditer(instruction):
        who = match["who"].strip()
        if who.split()[0].lower() not in _NOT_PEOPLE:
            return who
    return ""
