"""`agentia-mesh up`: start the mesh on this machine and stay."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agentia_gateway.cli.options import DataOption


def up(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the mesh answers; 0: a free one.")
    ] = 8080,
    host: Annotated[
        str, typer.Option(help="On which address; others than loopback need a key.")
    ] = "127.0.0.1",
    data: DataOption = None,
    files: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder that the agents read; by default samples.")
    ] = None,
) -> None:
    """Start the mesh on this machine; Ctrl-C stops it.

    Registry, gateway, four agents and two tool servers start, and nothing else is needed.
    Listening beyond loopback needs AGENTIA_API_KEY.
    """
    from agentia_gateway.cli.address import api_key, data_path
    from agentia_gateway.cli.announcing import Announcer
    from agentia_gateway.cli.failure import ExitCode, Failure
    from agentia_gateway.supervisor import Mesh, MeshOptions, SupervisorError

    if files is not None and not files.is_dir():
        raise Failure(f"{files} is no folder.", "Name one with --files DIR.", ExitCode.USAGE)
    # The supervisor looks into the environment alone; the key may stand in the settings file.
    key = {"AGENTIA_API_KEY": found} if (found := api_key()) else {}
    path = data_path(data).absolute()
    options = MeshOptions(data=path, host=host, port=port, files=files, environment=key)
    announcer = Announcer(options)
    try:
        code = Mesh(options, announcer.hear).run()
    except SupervisorError as error:
        raise Failure(str(error)) from None
    finally:
        announcer.close()
    if code:
        raise Failure("The mesh was given up.", f"The logs say why: {options.data / 'log'}")
