"""`agentia-mesh search TEXT`: which agents can do something."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from agentia_gateway.cli.options import GatewayOption, Output, OutputOption

NEAR = 10.0
"""The score from which those that cannot do it are worth showing."""


def search(
    words: Annotated[list[str], typer.Argument(metavar="TEXT", help="What should be done.")],
    skill: Annotated[str, typer.Option(help="Only agents that have this skill.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many to show.")] = 5,
    output: OutputOption = Output.TABLE,
    gateway: GatewayOption = None,
) -> None:
    """Find the agents that can do something, and those that come nearest.

    Ends with 4 when none can.
    """
    from agentia_gateway.cli.address import gateway_url
    from agentia_gateway.cli.failure import ExitCode, Failure
    from agentia_gateway.cli.gateway import Gateway
    from agentia_gateway.cli.terminal import json_document, say

    question = {"text": " ".join(words), "skill": skill or None, "limit": limit}
    found = Gateway(gateway_url(gateway)).post("mesh/registry/find", question)
    if output is Output.JSON:
        json_document(found)
    else:
        near = [candidate for candidate in found["nearest"] if candidate["score"] >= NEAR]
        nearest = f"Nearest; a score of {found['cutoff']:.0f} is needed:"
        for title, candidates in (("Can do it:", found["capable"]), (nearest, near)):
            if candidates:
                say(title)
                _show(candidates)
    if not found["capable"]:
        raise Failure(
            "No agent can do that.", "Say it in other words, or join another agent.", ExitCode.NOBODY
        )


def _show(candidates: list[dict[str, Any]]) -> None:
    from agentia_gateway.cli.terminal import table

    rows = [
        (c["name"], c.get("skill_name") or c["skill"], f"{c['score']:.0f}", ", ".join(c.get("matched", [])))
        for c in candidates
    ]
    table(("agent", "skill", "score", "because of"), rows)
