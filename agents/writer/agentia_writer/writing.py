"""The text itself: exactly the form that was ordered, of sentences and figures that the material holds."""

from __future__ import annotations

from collections.abc import Sequence

from agentia_writer.choosing import telling
from agentia_writer.material import Material
from agentia_writer.order import Order
from agentia_writer.paragraphs import brief, stated, summary, within

POINTS = 5
HEADLINE = 90
"""Characters of a headline."""


def write(wanted: Order, given: Material) -> str:
    """The text that `wanted` orders from `given`, which must not be empty."""
    found = _sentences(given)
    match wanted.form:
        case "headline":
            return _headline(found)
        case "bullets":
            return "\n".join(
                f"- {sentence}" for sentence in within(found[: wanted.points or POINTS], wanted.words)
            )
        case "brief":
            return brief(wanted, given)
        case "summary":
            return summary(wanted, given)


def shortage(wanted: Order, given: Material) -> str:
    """What the material is too little for, in one sentence; empty when it suffices."""
    count, asked = len(_sentences(given)), wanted.points if wanted.form == "bullets" else wanted.paragraphs
    if asked and count < asked:
        kind = "points" if wanted.form == "bullets" else "paragraphs"
        return f"The material has {count} statement{'s' if count != 1 else ''}, too few for {asked} {kind}."
    return ""


def _sentences(given: Material) -> list[str]:
    """What is told, most important first: what the tables say, then the text beside them."""
    found = stated(given)
    return [*found.figures, *found.meaning, *telling(given.sentences)]


def _headline(found: Sequence[str]) -> str:
    short = (sentence for sentence in found[:5] if len(sentence) <= HEADLINE)
    text = next(short, found[0]).rstrip(".")
    if len(text) <= HEADLINE:
        return text
    return text[:HEADLINE].rsplit(" ", 1)[0].rstrip(",;:") + " …"
