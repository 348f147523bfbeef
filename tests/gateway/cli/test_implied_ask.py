import pytest

from agentia_gateway.cli.implied_ask import with_ask

COMMANDS = {"up", "ask", "agents", "tasks"}
OPTIONS = ("--help",)


@pytest.mark.parametrize(
    "arguments",
    [[], ["--help"], ["up"], ["tasks", "x", "follow"], ["ask", "up"], ["agent"], ["taks"]],
)
def test_commands_options_and_slips_stay_as_they_are(arguments: list[str]) -> None:
    assert with_ask(arguments, COMMANDS, OPTIONS) == arguments


@pytest.mark.parametrize(
    "arguments",
    [
        ["Which region sold most?"],
        ["hello"],
        ["count", "the", "rows"],
        ["--agent", "a", "x"],
        ["--json", "x"],
        ["-"],
    ],
)
def test_everything_else_is_a_task(arguments: list[str]) -> None:
    assert with_ask(arguments, COMMANDS, OPTIONS) == ["ask", *arguments]
