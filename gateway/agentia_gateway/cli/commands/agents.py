"""`agentia-mesh agents [NAME]`: who is there, or one agent in full."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from agentia_gateway.cli.options import GatewayOption, Output, OutputOption


def agents(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Show this agent in full.")] = "",
    output: OutputOption = Output.TABLE,
    gateway: GatewayOption = None,
) -> None:
    """List the agents of the mesh with the models that they think with, or show one in full."""
    from agentia_gateway.cli.address import gateway_url
    from agentia_gateway.cli.gateway import Gateway
    from agentia_gateway.cli.roster import show_roster
    from agentia_gateway.cli.terminal import json_document

    mesh = Gateway(gateway_url(gateway))
    if name:
        record = mesh.get(f"mesh/registry/registrations/{_segment(name)}")
        if output is Output.JSON:
            json_document(record)
        else:
            _show(record)
        return
    status = mesh.get("mesh/status")
    if output is Output.JSON:
        json_document(status["agents"])
    else:
        show_roster(status)


def _show(record: dict[str, Any]) -> None:
    from agentia_cards.model import Card
    from agentia_gateway.cli.terminal import say, table

    card = Card.read(record["card"])
    say(f"{record['name']} {card.version} · {record['kind']} · {record['identifier']}")
    say(card.description)
    say()
    for skill in card.skills:
        say(f"{skill.id}: {skill.description or skill.name}")
        for example in skill.examples:
            say(f'  "{example}"')
    table(("binding", "version", "address"), [(i.binding, i.version, i.url) for i in card.interfaces])
    columns = ("replica", "reachable", "working")
    rows = [(r["replica"], _fact(r["reachable"]), _fact(r["working"])) for r in record["replicas"]]
    table(columns, rows)


def _fact(fact: dict[str, Any]) -> str:
    said = {True: "yes", False: "no", None: "not tried yet"}[fact.get("ok")]
    return f"{said}: {fact['detail']}" if fact.get("detail") else said


def _segment(name: str) -> str:
    from urllib.parse import quote

    return quote(name, safe="")
