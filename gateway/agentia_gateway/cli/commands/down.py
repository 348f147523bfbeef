"""`agentia-mesh down`: stop the mesh on this machine."""

from __future__ import annotations

from agentia_gateway.cli.options import DataOption


def down(data: DataOption = None) -> None:
    """Stop the mesh that runs on this machine, and everything that it started."""
    from agentia_gateway.cli.address import data_path
    from agentia_gateway.cli.failure import ExitCode, Failure
    from agentia_gateway.cli.terminal import say
    from agentia_gateway.supervisor import stop

    path = data_path(data)
    if not stop(path):
        raise Failure(f"No mesh runs on {path}", code=ExitCode.UNREACHABLE)
    say("The mesh is down.")
