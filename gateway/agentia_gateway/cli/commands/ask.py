"""`agentia-mesh ask`: send a task, show what happens, keep the files, answer back when asked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from agentia_gateway.cli.failure import ExitCode, Failure
from agentia_gateway.cli.options import GatewayOption


def ask(
    words: Annotated[list[str], typer.Argument(metavar="TASK", help="What to do; - reads it from a pipe.")],
    agent: Annotated[str, typer.Option(help="Give it to this agent.")] = "",
    skill: Annotated[str, typer.Option(help="Give it to an agent with this skill.")] = "",
    attach: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Send a file along; may be given again.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep the answer's files here.")] = None,
    context: Annotated[str, typer.Option(metavar="ID", help="Go on with this conversation.")] = "",
    task: Annotated[str, typer.Option(metavar="ID", help="Answer what this task asks.")] = "",
    follow: Annotated[
        bool, typer.Option("--follow", help="Connect again when the connection breaks.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the events, one JSON object a line.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show what tools are called with.")
    ] = False,
    gateway: GatewayOption = None,
) -> None:
    """Give the mesh a task and show what happens.

    The word `ask` may be left out: agentia-mesh "Which region sold most in sales.csv?"

    Exit codes: 0 done, 1 failed, 3 no mesh answers, 4 nobody can do it, 5 it needs your answer,
    6 canceled, 130 left with Ctrl-C.
    """
    from agentia_gateway.cli.a2a.approvals import decisions
    from agentia_gateway.cli.a2a.client import A2AClient
    from agentia_gateway.cli.a2a.following import asked
    from agentia_gateway.cli.a2a.message import Wish, send_params
    from agentia_gateway.cli.a2a.states import INPUT_REQUIRED
    from agentia_gateway.cli.address import gateway_url
    from agentia_gateway.cli.gateway import SILENCE_SECONDS, http_client
    from agentia_gateway.cli.watching import Watching, answers_at_prompt, asked_by, conclude

    text = _text(words)
    with http_client(SILENCE_SECONDS) as http:
        client = A2AClient(http, gateway_url(gateway))
        watching = Watching(client, as_json=as_json, out=out, verbose=verbose)
        parts = decisions(asked_by(client, task), text) if task else []
        params = send_params(text, Wish(agent, skill, context, task), attach or [], parts)
        while True:
            collected = watching.watch(asked(client, params), follow=follow)
            reply = answers_at_prompt() if collected.state == INPUT_REQUIRED and not as_json else ""
            if not reply:
                break
            wish = Wish(agent, skill, collected.context, collected.task)
            params = send_params(reply, wish, parts=decisions(collected.says, reply))
        conclude(collected, as_json=as_json)


def _text(words: list[str]) -> str:
    text = sys.stdin.read() if words == ["-"] else " ".join(words)
    if not text.strip():
        raise Failure("There is nothing to ask.", 'Say it: agentia-mesh ask "…"', ExitCode.USAGE)
    return text
