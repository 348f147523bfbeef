"""`agentia-mesh leave NAME`: take an agent out again."""

from __future__ import annotations

from typing import Annotated

import typer

from agentia_gateway.cli.options import GatewayOption


def leave(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The agent's name in the mesh.")],
    gateway: GatewayOption = None,
) -> None:
    """Take an agent out of the mesh; a kit agent that still runs registers again."""
    from urllib.parse import quote

    from agentia_gateway.cli.address import gateway_url
    from agentia_gateway.cli.gateway import Gateway
    from agentia_gateway.cli.terminal import say

    Gateway(gateway_url(gateway)).delete(f"mesh/registry/registrations/{quote(name, safe='')}")
    say(f"{name} has left.")
