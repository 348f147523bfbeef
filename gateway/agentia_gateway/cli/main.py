"""Composes the command; read this file to see what there is."""

from __future__ import annotations

import os
import sys

import typer

from agentia_gateway.cli.commands.agents import agents
from agentia_gateway.cli.commands.ask import ask
from agentia_gateway.cli.commands.card import card
from agentia_gateway.cli.commands.check import check
from agentia_gateway.cli.commands.config import config
from agentia_gateway.cli.commands.down import down
from agentia_gateway.cli.commands.join import join
from agentia_gateway.cli.commands.leave import leave
from agentia_gateway.cli.commands.new import new
from agentia_gateway.cli.commands.search import search
from agentia_gateway.cli.commands.tasks import tasks
from agentia_gateway.cli.commands.up import up
from agentia_gateway.cli.failure import ExitCode, Failure
from agentia_gateway.cli.implied_ask import with_ask
from agentia_gateway.cli.invocation import runnable
from agentia_gateway.cli.terminal import warn

app = typer.Typer(
    name="agentia-mesh",
    help="One place to send a task to, and the way to find the agent that can do it.",
    no_args_is_help=True,
    # Plain help: rich alone would take longer to import than everything else.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
for command in (up, down, ask, agents, tasks, join, leave, search, check, config, new):
    app.command()(command)
app.add_typer(card, name="card")

COMMANDS = frozenset(
    {"up", "down", "ask", "agents", "tasks", "join", "leave", "search", "check", "config", "new", "card"}
)

OPTIONS = ("--help", "-h", "--install-completion", "--show-completion")


def main() -> int:
    """Run the command; return its exit code. Errors are one sentence on standard error, never a traceback."""
    try:
        app(args=with_ask(sys.argv[1:], COMMANDS, OPTIONS), prog_name="agentia-mesh")
    except Failure as failure:
        _tell(failure)
        return failure.code
    except Exception as error:
        if os.environ.get("AGENTIA_LOG_LEVEL", "").lower() == "debug":
            raise
        warn(f"agentia-mesh made a mistake: {type(error).__name__}: {error}")
        warn("AGENTIA_LOG_LEVEL=debug shows where.")
        return ExitCode.FAILED
    return ExitCode.OK


def _tell(failure: Failure) -> None:
    warn(runnable(failure.message))
    if failure.remedy:
        warn(runnable(failure.remedy))
