"""A question that goes on from the one before: "and by month?", "only for North", "what about 2024?"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agentia_analyst.composing import compose
from agentia_analyst.grammar import parse
from agentia_analyst.intent import Condition, Describe, Intent, Kind, Measure, Query
from agentia_analyst.measuring import measured
from agentia_analyst.reading import Found, Reading, read
from agentia_analyst.schema import Column, Table

MOST_EARLIER = 4
"""Questions of the context that are read together."""
_OPENING = re.compile(
    r"\s*(?:(?:and|but|now|only|just|same|what about|how about)\b[\s,:]*)+(?:but\s+)?", re.IGNORECASE
)


def understood(
    questions: Sequence[str], tables: Sequence[Table], found: Mapping[str, Sequence[Found]] | None = None
) -> Intent:
    """What the last of `questions` asks, with table and measure of those before where it names none."""
    *earlier, question = questions
    alone = parse(question, tables, found)
    if not earlier or not tables or not (_opens(question) or _is_part(alone, question, found or {})):
        return alone
    before = understood(earlier, tables, found)
    if not isinstance(before, Query) or _is_elsewhere(alone, before, question, found or {}):
        return alone
    known = (found or {}).get(before.table.name, ())
    said = question[match.end() :] if (match := _OPENING.match(question)) else question
    new = compose(read(said, before.table, known))
    if not isinstance(new, Query) or any(note.startswith("I left") for note in new.notes):
        return alone
    return _merged(before, new, read(said, before.table, known))


def _opens(question: str) -> bool:
    return _OPENING.match(question) is not None


def _is_part(alone: Intent, question: str, found: Mapping[str, Sequence[Found]]) -> bool:
    """Whether `question` on its own is not understood, or names neither a table nor a measure."""
    if not isinstance(alone, Query):
        return not isinstance(alone, Describe)
    reading = read(question, alone.table, found.get(alone.table.name, ()))
    return not reading.of("table") and not measured(reading, []).is_named


def _is_elsewhere(alone: Intent, before: Query, question: str, found: Mapping[str, Sequence[Found]]) -> bool:
    """Whether `question` on its own has an answer in another table."""
    if isinstance(alone, Describe):
        return True
    return isinstance(alone, Query) and alone.table != before.table and not _is_part(alone, question, found)


def _merged(before: Query, new: Query, reading: Reading) -> Query:
    groups = new.groups or before.groups
    ranked = new if new.limit and new.kind != "rows" else before
    is_cut = ranked is new or not new.groups
    return replace(
        new,
        kind=_kind(before, new),
        measures=_measures(before, new, reading),
        groups=groups,
        conditions=_conditions(before, new),
        having=new.having or (None if new.groups else before.having),
        descending=ranked.descending if is_cut else new.descending,
        limit=ranked.limit if is_cut else None,
        chart=new.chart or before.chart,
        order=new.order or (None if new.groups else before.order),
        share=new.share or before.share,
        notes=tuple(note for note in new.notes if not note.startswith("No number was named")),
    )


def _kind(before: Query, new: Query) -> Kind:
    if new.groups:
        return new.kind
    return "ranking" if before.groups and new.limit and new.kind != "rows" else before.kind


def _measures(before: Query, new: Query, reading: Reading) -> tuple[Measure, ...]:
    wanted = measured(reading, list(new.groups))
    if not wanted.is_named:
        return before.measures
    if wanted.is_guess:
        return tuple(replace(each, aggregate=wanted.measures[0].aggregate) for each in before.measures)
    return new.measures


def _conditions(before: Query, new: Query) -> tuple[Condition, ...]:
    """Those of both; a column that is restricted anew is no longer restricted as before."""
    anew: set[Column] = {each.column for each in new.conditions}
    kept = (each for each in before.conditions if each.column not in anew)
    return (*kept, *new.conditions)
