"""`agentia-mesh new NAME`: begin an agent of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and hyphens.")],
    folder: Annotated[
        Path | None, typer.Option("--in", metavar="DIR", help="Where to put it; by default here.")
    ] = None,
) -> None:
    """Write a small agent that starts, joins the mesh and passes its test."""
    from agentia_gateway.cli.invocation import uv
    from agentia_gateway.cli.new_agent import write_project
    from agentia_gateway.cli.terminal import say

    project = write_project(name, folder or Path())
    say(f"{project} is a whole agent: agent.py, its test, pyproject.toml and a README.")
    say(f"Start it: cd {project} && {uv()} run python agent.py")
