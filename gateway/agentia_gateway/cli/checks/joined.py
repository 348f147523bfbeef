"""The agents that somebody else wrote: their cards, and whether they can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from agentia_cards.lint import Severity, lint
from agentia_gateway.cli.checks.facts import Facts
from agentia_gateway.cli.checks.trouble import Trouble
from agentia_gateway.cli.failure import Failure


def joined(facts: Facts) -> Iterator[Trouble]:
    """Errors in cards, and replicas that do not answer."""
    try:
        records = facts.registry("registrations")["agents"]
    except Failure as failure:
        yield Trouble(f"The registry does not answer: {failure.message}", failure.remedy)
        return
    for record in records:
        if record["kind"] != "foreign":
            continue
        errors = [finding for finding in lint(record["card"]) if finding.severity is Severity.ERROR]
        for finding in errors:
            yield Trouble(
                f"The card of {record['name']} has an error at {finding.path}: {finding.message}",
                f"Tell its owner, or take it out with `agentia-mesh leave {record['name']}`.",
            )
        for replica in record["replicas"]:
            if replica["reachable"]["ok"] is False:
                yield Trouble(
                    f"The agent {record['name']} does not answer: {replica['reachable']['detail']}",
                    f"Start it again, or take it out with `agentia-mesh leave {record['name']}`.",
                )
