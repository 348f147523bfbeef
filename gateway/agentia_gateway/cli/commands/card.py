"""`agentia-mesh card lint`: what is wrong with an agent card."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from agentia_gateway.cli.options import Output, OutputOption

card = typer.Typer(help="Work with agent cards.", no_args_is_help=True, rich_markup_mode=None)


@card.callback()
def _card() -> None:
    """Work with agent cards."""


@card.command()
def lint(
    where: Annotated[
        str, typer.Argument(metavar="URL|FILE", help="An agent's address, its card, or a file.")
    ],
    output: OutputOption = Output.TABLE,
) -> None:
    """Say what is wrong with an agent card, where, and what to do about it.

    Ends with 1 when the card has errors; warnings and hints end with 0.
    """
    from agentia_cards.lint import has_errors
    from agentia_cards.lint import lint as findings_of
    from agentia_gateway.cli.card_source import read_card
    from agentia_gateway.cli.failure import Failure
    from agentia_gateway.cli.terminal import json_document, say, table

    source = read_card(where)
    findings = findings_of(source.document, source.url)
    if output is Output.JSON:
        json_document([asdict(finding) for finding in findings])
    elif findings:
        rows = [(f.severity, f.path, f.message, f.section) for f in findings]
        table(("severity", "where", "what to do", "see"), rows)
    else:
        say("Nothing is wrong with this card.")
    if has_errors(findings):
        raise Failure("The card has errors.")
