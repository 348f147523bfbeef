"""The command answers at once: help needs neither the web stack nor anything that a command uses."""

import subprocess
import sys
import time

import pytest

from agentia_testing.command import Command

COMMANDS = [
    "up", "down", "ask", "agents", "tasks", "join", "leave", "search", "check", "card", "config", "new",
]  # fmt: skip
HEAVY = [
    "starlette",
    "uvicorn",
    "httpx2",
    "httpx",
    "pydantic",
    "rich",
    "a2a",
    "agents",
    "asyncio",
    "cryptography",
]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([Command.PATH, *arguments], capture_output=True, text=True, timeout=20, check=False)


def test_help_comes_in_under_three_tenths_of_a_second() -> None:
    times: list[float] = []
    for _ in range(8):
        began = time.perf_counter()
        assert run("--help").returncode == 0
        times.append(time.perf_counter() - began)

    assert min(times) < 0.3, times


def test_help_imports_nothing_that_is_not_needed_for_it() -> None:
    program = (
        "import sys; from agentia_gateway.cli.main import main; sys.argv = ['agentia-mesh', '--help']\n"
        "try: main()\n"
        f"except SystemExit: print('loaded:', [name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "loaded: []"


def test_every_command_is_listed() -> None:
    shown = run("--help").stdout

    assert all(f"\n  {command}" in shown for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command: str) -> None:
    done = run(command, "--help")

    assert done.returncode == 0
    assert f"Usage: agentia-mesh {command}" in done.stdout


def test_nothing_at_all_shows_the_help() -> None:
    assert "Usage: agentia-mesh" in (done := run()).stdout + done.stderr


def test_completion_knows_the_commands() -> None:
    done = subprocess.run(
        [Command.PATH],
        env={"_AGENTIA_MESH_COMPLETE": "complete_bash", "COMP_WORDS": "agentia-mesh ta", "COMP_CWORD": "1"},
        capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip

    assert done.stdout.split() == ["tasks"]


def test_a_slip_of_the_finger_is_no_task() -> None:
    done = run("agnets")

    assert done.returncode == 2
    assert "agents" in done.stderr
