"""`agentia-mesh check`: find what is wrong, and say what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agentia_gateway.cli.options import DataOption, GatewayOption, Output, OutputOption


def check(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port that `up` would use.")] = 8080,
    host: Annotated[str, typer.Option(help="The address that `up` would use.")] = "127.0.0.1",
    data: DataOption = None,
    files: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder that `up` would be given.")
    ] = None,
    output: OutputOption = Output.TABLE,
    gateway: GatewayOption = None,
) -> None:
    """Look at the mesh from all sides and say what is wrong and what to do.

    With the flags of `up` it tells beforehand whether the mesh would start. Ends with 1 when something
    is wrong.
    """
    from agentia_gateway.cli.checks.all import looked, reported
    from agentia_gateway.cli.checks.facts import Wanted, gathered
    from agentia_gateway.cli.failure import Failure
    from agentia_gateway.cli.invocation import runnable
    from agentia_gateway.cli.terminal import json_document, say

    results = looked(gathered(Wanted(host, port, data, files, gateway)))
    troubles = [trouble for _, found in results for trouble in found]
    if output is Output.JSON:
        json_document([record for checked, found in results for record in reported(checked, found)])
    else:
        for checked, found in results:
            if not found:
                say(f"✓ {checked.title}", dim=True)
            for trouble in found:
                say(f"✗ {trouble.what}\n  {runnable(trouble.remedy)}")
    if troubles:
        count = "1 thing is" if len(troubles) == 1 else f"{len(troubles)} things are"
        raise Failure(f"{count} wrong.")
