"""Briefs and summaries: running text in so many paragraphs, no fact in it twice."""

from __future__ import annotations

from collections.abc import Sequence

from agentia_writer.choosing import in_order, telling
from agentia_writer.facts import Facts, facts
from agentia_writer.material import Material
from agentia_writer.order import Order

PER_PARAGRAPH = 3


def stated(given: Material) -> Facts:
    """What all tables of the material say."""
    found = Facts()
    for table in given.tables:
        found += facts(table)
    return found


def brief(wanted: Order, given: Material) -> str:
    """The figures first, then what they mean, then where they are from."""
    found = stated(given)
    count = wanted.paragraphs or (1 if wanted.sentences else 2)
    if not found.figures:
        return _running(wanted, given, count)
    is_free = wanted.sentences is None and wanted.words is None
    said = telling(given.sentences)[: PER_PARAGRAPH * count]
    last = [_closing(given)] if is_free and (given.source or given.has_chart) else []
    meant = [*found.meaning, *in_order(said, given.sentences), *last]
    if count == 2 and is_free and meant:
        return _joined([found.figures, meant])
    chosen = within([*found.figures, *meant][: wanted.sentences], wanted.words)
    return _joined(_blocks(chosen, count))


def summary(wanted: Order, given: Material) -> str:
    """The same for a text without a reader in mind: one paragraph unless more are asked for."""
    found = stated(given)
    count = wanted.paragraphs or 1
    if not found.figures:
        return _running(wanted, given, count)
    told = [*found.figures, *found.meaning, *telling(given.sentences)]
    most = wanted.sentences or PER_PARAGRAPH * count
    return _joined(_blocks(within(told[:most], wanted.words), count))


def within(found: Sequence[str], limit: int | None) -> list[str]:
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


def _running(wanted: Order, given: Material, count: int) -> str:
    """The most telling sentences of the text, as it has them one after the other."""
    most = wanted.sentences or PER_PARAGRAPH * count
    chosen = within(telling(given.sentences)[:most], wanted.words)
    return _joined(_blocks(in_order(chosen, given.sentences), count))


def _closing(given: Material) -> str:
    """Where the figures are from, and that a chart goes along."""
    if not given.source:
        return "A chart is attached."
    return f"The figures come from {given.source}{'; a chart is attached' if given.has_chart else ''}."


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


def _joined(blocks: Sequence[Sequence[str]]) -> str:
    return "\n\n".join(" ".join(_ended(each) for each in block) for block in blocks)


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…", ":", "”", '"')) else sentence + "."
