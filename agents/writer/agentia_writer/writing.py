"""The text itself: exactly the form that was ordered, of sentences and figures that the material holds."""

from __future__ import annotations

from collections.abc import Sequence

from agentia_writer.choosing import in_order, telling
from agentia_writer.facts import facts
from agentia_writer.material import Material
from agentia_writer.order import Order

PER_PARAGRAPH = 3
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
                f"- {sentence}" for sentence in _within(found[: wanted.points or POINTS], wanted.words)
            )
        case "brief":
            return _paragraphs(found, wanted.paragraphs or (1 if wanted.sentences else 2), wanted)
        case "summary":
            return _paragraphs(found, wanted.paragraphs or 1, wanted)


def shortage(wanted: Order, given: Material) -> str:
    """What the material is too little for, in one sentence; empty when it suffices."""
    count, asked = len(_sentences(given)), wanted.points if wanted.form == "bullets" else wanted.paragraphs
    if asked and count < asked:
        kind = "points" if wanted.form == "bullets" else "paragraphs"
        return f"The material has {count} statement{'s' if count != 1 else ''}, too few for {asked} {kind}."
    return ""


def _sentences(given: Material) -> list[str]:
    """What is told, most important first: the finding in words, then what the tables say, then the rest."""
    told = telling(given.sentences)
    stated = [sentence for table in given.tables for sentence in facts(table)]
    if not stated:
        return told
    return [*told[:2], *(each for each in stated if each not in told), *told[2:]]


def _paragraphs(found: Sequence[str], count: int, wanted: Order) -> str:
    most = wanted.sentences or PER_PARAGRAPH * count
    chosen = _within(found[:most], wanted.words)
    if wanted.form == "summary":
        chosen = in_order(chosen, found) if count == 1 else list(chosen)
    return "\n\n".join(" ".join(_ended(each) for each in block) for block in _blocks(chosen, count))


def _blocks(chosen: Sequence[str], count: int) -> list[Sequence[str]]:
    """As many blocks as asked for, as even as can be, none empty while sentences last."""
    count = min(count, len(chosen)) or 1
    size, more = divmod(len(chosen), count)
    blocks: list[Sequence[str]] = []
    at = 0
    for number in range(count):
        length = size + (number < more)
        blocks.append(chosen[at : at + length])
        at += length
    return blocks


def _within(found: Sequence[str], limit: int | None) -> list[str]:
    """The sentences that fit into `limit` words; the first in any case."""
    if limit is None:
        return list(found)
    kept: list[str] = []
    length = 0
    for sentence in found:
        length += len(sentence.split())
        if kept and length > limit:
            break
        kept.append(sentence)
    return kept


def _headline(found: Sequence[str]) -> str:
    short = (sentence for sentence in found[:5] if len(sentence) <= HEADLINE)
    text = next(short, found[0]).rstrip(".")
    if len(text) <= HEADLINE:
        return text
    return text[:HEADLINE].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…", ":", "”", '"')) else sentence + "."
