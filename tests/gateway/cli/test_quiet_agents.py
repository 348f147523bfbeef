"""Agents that stream states alone, or do not stream: their answer is fetched, and shown once."""

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from agentia_testing.command import Command
from agentia_testing.quiet_agent import QuietAgent, quiet_agent

Commands = Callable[[QuietAgent], Command]


@pytest.fixture
def towards(tmp_path: Path) -> Commands:
    return lambda agent: Command(gateway=agent.url, data=tmp_path / "data", folder=tmp_path)


def test_what_a_stream_of_states_leaves_out_is_fetched_once(towards: Commands) -> None:
    with quiet_agent(streams=True) as agent:
        done = towards(agent).run("ask", "hello")

    assert (done.returncode, done.stdout.count("Heard hello.")) == (0, 1), done.stderr
    assert agent.calls == ["SendStreamingMessage", "GetTask"]


def test_files_that_a_stream_leaves_out_are_kept(towards: Commands, tmp_path: Path) -> None:
    with quiet_agent(streams=True) as agent:
        towards(agent).run("ask", "hello", "--out", "answer")

    assert [path.read_text() for path in (tmp_path / "answer").iterdir()] == ["Heard hello."]


def test_an_answer_that_only_the_history_holds_is_shown(towards: Commands) -> None:
    with quiet_agent(streams=True) as agent:
        assert towards(agent).run("ask", "history").stdout == "Said so.\n"


def test_what_is_fetched_is_an_event_for_programs_too(towards: Commands) -> None:
    with quiet_agent(streams=True) as agent:
        lines = towards(agent).run("ask", "hello", "--json").stdout.splitlines()

    assert [next(iter(json.loads(line))) for line in lines] == ["task", "statusUpdate", "task"]


def test_an_earlier_round_of_a_task_is_not_shown_again(towards: Commands) -> None:
    with quiet_agent(streams=True) as agent:
        shown, code = towards(agent).on_terminal(["ask", "ask"], [("Heard ask.", "thanks")])

    assert (code, shown.count("Heard ask.")) == (0, 1)


def test_a_task_of_an_agent_that_does_not_stream_is_read_until_it_ends(towards: Commands) -> None:
    with quiet_agent(streams=False, rounds=3) as agent:
        done = towards(agent).run("ask", "hello")

    assert (done.returncode, done.stdout.count("Heard hello.")) == (0, 1), done.stderr
    assert agent.calls == ["SendStreamingMessage", "SendMessage", *["GetTask"] * 3]


def test_such_a_task_is_followed_later_too(towards: Commands) -> None:
    with quiet_agent(streams=False, rounds=100) as agent:
        process = towards(agent).start("ask", "hello", "--json")
        assert process.stdout is not None
        task = json.loads(process.stdout.readline())["task"]["id"]
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)
        assert (process.returncode, f"agentia-mesh tasks {task} follow" in errors) == (130, True)
        agent.tasks[task]["left"] = 3
        done = towards(agent).run("tasks", task, "follow")

    assert (done.returncode, done.stdout.count("Heard hello.")) == (0, 1), done.stderr
