"""`agentia-mesh join URL`: take in an agent that somebody else wrote."""

from __future__ import annotations

from typing import Annotated

import typer

from agentia_gateway.cli.options import GatewayOption


def join(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where the agent answers, or its card lies.")],
    name: Annotated[str, typer.Option(help="Its name in the mesh; by default made from the card's.")] = "",
    gateway: GatewayOption = None,
) -> None:
    """Take in an A2A agent of any kind: its card is fetched, checked and registered."""
    from agentia_gateway.cli.address import gateway_url
    from agentia_gateway.cli.gateway import Gateway, Refused
    from agentia_gateway.cli.invocation import invocation
    from agentia_gateway.cli.terminal import say, warn

    mesh = Gateway(gateway_url(gateway))
    try:
        record = mesh.post("mesh/registry/registrations", {"url": url, "name": name or None})
    except Refused as refused:
        for finding in refused.details:
            if finding.get("message"):
                warn(f"{finding.get('severity', 'error')}: {finding.get('path', '$')}: {finding['message']}")
        raise
    skills = ", ".join(skill.get("id", "?") for skill in record["card"].get("skills", [])) or "none"
    say(f"{record['name']} has joined. Skills: {skills}")
    say(f'Try it: {invocation()} ask --agent {record["name"]} "…"', dim=True)
