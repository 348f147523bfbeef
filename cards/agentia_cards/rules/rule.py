"""What a rule is: it looks at a card and remarks on places in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from agentia_cards.model import Card


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The agent cannot be used with this card, or not safely."""
    WARNING = "warning"
    """The specification or good practice is broken; the agent can be used."""
    HINT = "hint"
    """It works, and would be found or understood better."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked at: the card, and the host that it came from (lower case), empty when unknown."""

    card: Card
    source_host: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A place in the card (JSON path, `$` is the card) and a sentence that says what to do there."""

    path: str
    message: str
    section: str = ""
    """Another section of the specification than the rule's."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with the code, weight and section of the specification of what it finds."""

    code: str
    severity: Severity
    section: str
    check: Callable[[Subject], Iterable[Remark]]
