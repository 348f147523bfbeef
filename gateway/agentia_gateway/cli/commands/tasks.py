"""`agentia-mesh tasks [ID] [follow|cancel]`: what was asked, how it stands, and what happens to it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from agentia_gateway.cli.options import GatewayOption, Output, OutputOption


class Action(StrEnum):
    """What to do with a task."""

    FOLLOW = "follow"
    CANCEL = "cancel"


def tasks(
    task: Annotated[
        str, typer.Argument(metavar="[ID]", help="Show this task; the first 6 characters or more will do.")
    ] = "",
    action: Annotated[
        Action | None, typer.Argument(help="Show what happens to it from now on, or end it.")
    ] = None,
    context: Annotated[str, typer.Option(metavar="ID", help="Only tasks of this conversation.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many to list.")] = 20,
    why: Annotated[
        bool, typer.Option("--why", help="Show why the task ID went where it went, instead of the task.")
    ] = False,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep the task's files here.")] = None,
    output: OutputOption = Output.TABLE,
    gateway: GatewayOption = None,
) -> None:
    """List your tasks, newest first; show one, follow it, or cancel it.

    `tasks ID follow` ends like `ask`: 0 done, 1 failed, 4 rejected, 5 it needs your answer, 6 canceled.
    """
    from agentia_gateway.cli.a2a.client import A2AClient, RpcError
    from agentia_gateway.cli.address import gateway_url
    from agentia_gateway.cli.failure import ExitCode, Failure
    from agentia_gateway.cli.gateway import SILENCE_SECONDS, Gateway, http_client
    from agentia_gateway.cli.task_id import whole_id
    from agentia_gateway.cli.task_views import cancel_task, follow_task, list_tasks, show_task
    from agentia_gateway.cli.why import show_why

    as_json = output is Output.JSON
    mesh = Gateway(gateway_url(gateway))
    task = whole_id(mesh, task)
    if why:
        if not task or action:
            raise Failure(
                "--why is about one task.", "Name it: `agentia-mesh tasks ID --why`.", ExitCode.USAGE
            )
        show_why(mesh, task, as_json=as_json)
        return
    with http_client(SILENCE_SECONDS) as http:
        client = A2AClient(http, mesh.url)
        try:
            match action:
                case None if not task:
                    list_tasks(client, mesh, context=context, limit=limit, as_json=as_json)
                case None:
                    show_task(client, mesh, task, as_json=as_json, out=out)
                case Action.FOLLOW:
                    follow_task(client, task, as_json=as_json, out=out)
                case Action.CANCEL:
                    cancel_task(client, task, as_json=as_json)
        except RpcError as error:
            raise Failure(error.message, "Your tasks: `agentia-mesh tasks`." if task else "") from None
