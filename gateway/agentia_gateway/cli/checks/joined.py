"""The agents that somebody else wrote: their cards, and whether they can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from agentia_gateway.cli.checks.facts import Facts
from agentia_gateway.cli.checks.trouble import Trouble
from agentia_gateway.cli.failure import Failure


def joined(facts: Facts) -> Iterator[Trouble]:
    """What the registry has found out about them."""
    try:
        records = facts.registry("registrations")["agents"]
    except Failure as failure:
        yield Trouble(f"The registry does not answer: {failure.message}", failure.remedy)
        return
    for record in records:
        name = record["name"]
        out = f"take it out with `agentia-mesh leave {name}`."
        if record["conforming"]["ok"] is False:
            detail = record["conforming"]["detail"]
            yield Trouble(f"The card of {name} has errors: {detail}", f"Tell its owner, or {out}")
        for replica in record["replicas"]:
            if replica["reachable"]["ok"] is False:
                detail = replica["reachable"]["detail"]
                yield Trouble(f"The agent {name} does not answer: {detail}", f"Start it again, or {out}")
