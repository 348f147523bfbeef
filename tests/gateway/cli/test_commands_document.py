import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from agentia_gateway.cli.failure import ExitCode
from agentia_gateway.cli.main import COMMANDS, app

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "commands.md").read_text(encoding="utf-8")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
OF_MANY = {"--gateway", "--output"}
"""Told once, at the beginning."""


def chapter(command: str) -> str:
    return DOCUMENT.partition(f"\n## {command}\n")[2].partition("\n## ")[0]


def options(command: Any) -> set[str]:
    """Those of a command and of the commands below it; a group is one of typer's own click."""
    below = getattr(command, "commands", {}).values()
    own = {name for parameter in command.params for name in parameter.opts if name.startswith("--")}
    return own.union(*map(options, below))


def test_every_command_has_its_heading_and_no_other_has() -> None:
    headings = set(re.findall(r"^## ([a-z]+)$", DOCUMENT, re.MULTILINE))

    assert headings == COMMANDS == set(typer.main.get_group(app).commands)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_command_is_told_with_its_options_and_no_others(command: str) -> None:
    has = options(typer.main.get_group(app).commands[command])

    assert set(OPTION.findall(chapter(command))) - OF_MANY == has - OF_MANY


def test_options_of_many_commands_are_told_at_the_beginning() -> None:
    assert set(OPTION.findall(DOCUMENT.partition("\n## ")[0])) >= OF_MANY


def test_every_exit_code_is_told() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", DOCUMENT, re.MULTILINE)}

    assert told == set(ExitCode)
