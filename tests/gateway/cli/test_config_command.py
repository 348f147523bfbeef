import json
from pathlib import Path

import pytest

from agentia_testing.command import Command


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(gateway=None, data=tmp_path / "data", folder=tmp_path)


def test_every_value_is_shown_with_its_source(command: Command, tmp_path: Path) -> None:
    (tmp_path / "agentia.toml").write_text('log_level = "warning"\n')

    shown = json.loads(command.run("config", "-o", "json", AGENTIA_MODEL="gpt-x").stdout)

    values = {setting["environment"]: (setting["value"], setting["source"]) for setting in shown}
    assert values["AGENTIA_MODEL"] == ("gpt-x", "environment")
    assert values["AGENTIA_LOG_LEVEL"] == ("warning", "agentia.toml")
    assert values["AGENTIA_BODY_LIMIT"][1] == "default"
    assert values["AGENTIA_CONFIG"] == ("agentia.toml", "default")


def test_secrets_are_masked(command: Command) -> None:
    done = command.run("config", AGENTIA_SECRET="hush-1", OPENAI_API_KEY="hush-2", AGENTIA_API_KEY="hush-3")

    assert done.returncode == 0
    assert "hush" not in done.stdout
    assert "••••" in done.stdout


def test_settings_of_the_model_are_shown_too(command: Command) -> None:
    shown = json.loads(command.run("config", "-o", "json", AGENTIA_ANALYST_MODEL="m").stdout)

    values = {setting["environment"]: (setting["value"], setting["source"]) for setting in shown}
    assert values["AGENTIA_ANALYST_MODEL"] == ("m", "environment")
    assert values["OPENAI_BASE_URL"] == ("https://api.openai.com/v1", "default")


def test_a_value_that_cannot_be_used_is_named(command: Command) -> None:
    done = command.run("config", AGENTIA_BODY_LIMIT="many")

    assert done.returncode == 1
    assert "AGENTIA_BODY_LIMIT" in done.stderr
