"""Says what is wrong with a card, where, how much it matters and what to do about it.

for finding in lint(document, source="https://agent.example/.well-known/agent-card.json"):
    print(finding.severity, finding.path, finding.message)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from agentia_cards.errors import NotACard
from agentia_cards.model import Card
from agentia_cards.rules import protocol, skills, structure, urls
from agentia_cards.rules.rule import Rule, Severity, Subject

__all__ = ["RULES", "Finding", "Severity", "has_errors", "lint"]

RULES = (
    Rule("field-missing", Severity.ERROR, "A2A 1.0 section 5.7", structure.missing),
    Rule("field-wrong-type", Severity.ERROR, "A2A 1.0 section 4.4", structure.wrong_type),
    Rule("field-recommended", Severity.WARNING, "A2A 1.0 section 5.7", structure.recommended),
    Rule("field-misspelt", Severity.HINT, "A2A 1.0 section 5.7", structure.misspelt),
    Rule("url-not-absolute", Severity.ERROR, "A2A 1.0 section 4.4.6", urls.not_absolute),
    Rule("url-credentials", Severity.ERROR, "A2A 1.0 section 7.3", urls.with_credentials),
    Rule("url-foreign", Severity.ERROR, "A2A 1.0 section 8.2", urls.foreign),
    Rule("url-wildcard", Severity.WARNING, "A2A 1.0 section 4.4.6", urls.wildcard),
    Rule("url-unencrypted", Severity.WARNING, "A2A 1.0 section 7.1", urls.unencrypted),
    Rule("url-undeclared", Severity.WARNING, "A2A 1.0 section 8.3.1", urls.undeclared_main),
    Rule("link-bad", Severity.WARNING, "A2A 1.0 section 4.4.1", urls.bad_link),
    Rule("skill-duplicate-id", Severity.ERROR, "A2A 1.0 section 4.4.5", skills.duplicate_id),
    Rule("skill-none", Severity.WARNING, "A2A 1.0 section 5.7", skills.none),
    Rule("description-empty", Severity.WARNING, "A2A 1.0 section 4.4.5", skills.empty_description),
    Rule("examples-many", Severity.WARNING, "A2A 1.0 section 4.4.5", skills.many_examples),
    Rule("examples-none", Severity.HINT, "A2A 1.0 section 4.4.5", skills.no_examples),
    Rule("mode-no-media-type", Severity.WARNING, "A2A 1.0 section 4.4.1", skills.no_media_type),
    Rule("binding-unknown", Severity.WARNING, "A2A 1.0 section 5.8", protocol.unknown_binding),
    Rule("version-unknown", Severity.WARNING, "A2A 1.0 section 3.6", protocol.unknown_version),
    Rule("scheme-undeclared", Severity.WARNING, "A2A 1.0 section 4.5", protocol.undeclared_scheme),
    Rule("extension-required", Severity.HINT, "A2A 1.0 section 4.6.1", protocol.required_extension),
    Rule("signature-unusable", Severity.WARNING, "A2A 1.0 section 8.4.2", protocol.unusable_signature),
    Rule("card-large", Severity.WARNING, "A2A 1.0 section 8.6", protocol.large),
)
"""Every rule, errors before warnings before hints within each part of the card."""

_MAX_FINDINGS = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `path` is a JSON path, `section` the place in the specification."""

    severity: Severity
    path: str
    code: str
    message: str
    section: str


def lint(card: Card | Mapping[str, Any] | bytes, source: str = "") -> list[Finding]:
    """What is wrong with a card, worst first; an empty list when nothing is. No input raises.

    `source` is the URL that the card was fetched from: interfaces on other hosts are errors then. What is no
    card at all has one finding, `card-unreadable`. At most 200 findings are returned.
    """
    try:
        looked_at = card if isinstance(card, Card) else Card.read(card)
    except NotACard as error:
        return [Finding(Severity.ERROR, "$", "card-unreadable", str(error), "A2A 1.0 section 4.4.1")]
    subject = Subject(looked_at, _host(source))
    findings = [
        Finding(rule.severity, remark.path, rule.code, remark.message, remark.section or rule.section)
        for rule in RULES
        for remark in rule.check(subject)
    ]
    order = list(Severity)
    return sorted(findings, key=lambda finding: order.index(finding.severity))[:_MAX_FINDINGS]


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding makes the card unusable."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
