"""From the JSON that somebody sent to a card that the mesh can use."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agentia_cards.canonical import digest
from agentia_cards.errors import CardError
from agentia_cards.lint import Finding, Severity, has_errors, lint
from agentia_cards.model import Card
from agentia_fabric.directory.wire import Fact
from agentia_registry.errors import CardInvalid


@dataclass(frozen=True, slots=True)
class CheckedCard:
    """A card without errors, its digest and what the lint says of it."""

    card: Card
    digest: str
    conforming: Fact


def checked(document: bytes | Mapping[str, Any], source: str) -> CheckedCard:
    """Read and lint a card; ``source`` is the URL that it belongs to: interfaces elsewhere are errors.

    Raises:
        CardInvalid: with the findings.
    """
    findings = lint(document, source=source)
    if has_errors(findings):
        raise CardInvalid(findings)
    try:
        card = Card.read(document)
        return CheckedCard(card, digest(card.raw), _conforming(findings))
    except CardError as error:
        finding = Finding(Severity.ERROR, "$", "card-unreadable", str(error), "A2A 1.0 section 8.4.1")
        raise CardInvalid([finding]) from error


def _conforming(findings: list[Finding]) -> Fact:
    warnings = [finding for finding in findings if finding.severity is Severity.WARNING]
    return Fact(ok=True, at=time.time(), detail="; ".join(finding.message for finding in warnings[:3]))
