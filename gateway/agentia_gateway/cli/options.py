"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Output(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"


GatewayOption = Annotated[
    str | None,
    typer.Option(
        "--gateway",
        metavar="URL",
        help="The mesh to talk to; AGENTIA_GATEWAY does the same. By default the one on this machine.",
    ),
]
OutputOption = Annotated[
    Output, typer.Option("--output", "-o", help="A table for people, or JSON for programs.")
]
DataOption = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Where the mesh keeps its state; AGENTIA_DATA does the same."),
]
