import re
from pathlib import Path

import typer.main

from agentia_gateway.cli.failure import ExitCode
from agentia_gateway.cli.main import COMMANDS, app

DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "commands.md").read_text(encoding="utf-8")


def test_every_command_has_its_heading_and_no_other_has() -> None:
    headings = set(re.findall(r"^## ([a-z]+)$", DOCUMENT, re.MULTILINE))

    assert headings == COMMANDS == set(typer.main.get_group(app).commands)


def test_every_option_of_ask_is_told() -> None:
    options = {
        o for p in typer.main.get_group(app).commands["ask"].params for o in p.opts if o.startswith("--")
    }

    assert {option for option in options if option not in DOCUMENT} == set()


def test_every_exit_code_is_told() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", DOCUMENT, re.MULTILINE)}

    assert told == set(ExitCode)
