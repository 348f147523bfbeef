"""What is to be computed, with the assumptions behind it."""

from __future__ import annotations

from dataclasses import dataclass

from agentia_analyst.intent import Aggregate, Measure
from agentia_analyst.schema import Column
from agentia_analyst.vocabulary import HIGH, LOW


@dataclass(frozen=True)
class Measured:
    """The measures with the assumptions behind them; `is_named` is false for a guess."""

    measures: tuple[Measure, ...]
    is_named: bool
    notes: tuple[str, ...] = ()
    others: tuple[Column, ...] = ()
    """Other columns that the same word may mean."""
    is_guess: bool = False
    """Whether no word names the column, though one may name what is computed."""


def extreme(word: str) -> Aggregate | None:
    """Whether the word asks for the highest or the lowest."""
    if word in HIGH:
        return "max"
    if word in LOW:
        return "min"
    return None
