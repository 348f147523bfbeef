"""agents, search, join, leave and tasks against a real gateway and registry, with a stock agent joined."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from agentia_testing.command import Command
from agentia_testing.running_mesh import free_port
from agentia_testing.stock_agent import StockAgent, stock_agent


@pytest.fixture(scope="module")
def joined(mesh_data: Path) -> Iterator[StockAgent]:
    command = Command(gateway=None, data=mesh_data, folder=mesh_data)
    with stock_agent() as agent:
        done = command.run("join", agent.url)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines()[0] == "route-planner has joined. Skills: plan-route"
        command.until(
            lambda: command.run("agents", "-o", "json").stdout, lambda shown: "route-planner" in shown
        )
        yield agent


def test_the_agents_are_listed_with_what_they_do(mesh: Command, joined: StockAgent) -> None:
    assert joined.url
    (line,) = [line for line in mesh.run("agents").stdout.splitlines() if "route-planner" in line]

    assert "Plans journeys by rail." in line
    assert "foreign" in line
    assert "plan-route" in line


def test_the_agents_are_listed_for_programs(mesh: Command, joined: StockAgent) -> None:
    assert joined.url
    (agent,) = json.loads(mesh.run("agents", "-o", "json").stdout)

    assert (agent["name"], agent["skills"]) == ("route-planner", ["plan-route"])


def test_an_agent_is_shown_in_full_behind_the_address_of_the_mesh(mesh: Command, joined: StockAgent) -> None:
    shown = mesh.run("agents", "route-planner").stdout

    assert '"How do I get from Ghent to Basel by noon?"' in shown
    assert "/agents/route-planner/" in shown
    assert joined.url not in shown


def test_an_agent_that_nobody_knows_is_told_in_a_sentence(mesh: Command) -> None:
    done = mesh.run("agents", "nobody")

    assert done.returncode == 1
    assert "nobody" in done.stderr
    assert "Traceback" not in done.stderr


def test_search_finds_who_can_do_it_and_says_why(mesh: Command, joined: StockAgent) -> None:
    assert joined.url
    done = mesh.run("search", "quickest", "trains", "between", "two", "towns")

    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stdout.splitlines() if "route-planner" in line]
    assert "train" in line


def test_search_ends_with_4_when_nobody_can(mesh: Command, joined: StockAgent) -> None:
    assert joined.url
    done = mesh.run("search", "paint a fresco", "-o", "json")

    assert done.returncode == 4
    assert json.loads(done.stdout)["capable"] == []


def test_a_joined_agent_is_asked_by_name(mesh: Command, joined: StockAgent) -> None:
    assert joined.url
    done = mesh.run("--agent", "route-planner", "write:hello_there")

    assert done.returncode == 0, done.stderr
    assert "hello there" in done.stdout


def test_a_task_is_listed_shown_and_followed(mesh: Command, joined: StockAgent, tmp_path: Path) -> None:
    assert joined.url
    asked = mesh.run("ask", "--agent", "route-planner", "--json", "write:once svg")
    task = json.loads(asked.stdout.splitlines()[0])["task"]["id"]

    listed = mesh.run("tasks").stdout.splitlines()
    assert max(map(len, listed)) <= 120
    (line,) = [line for line in listed if task[:8] in line]
    for told in ("route-planner", "COMPLETED", "write:once svg"):
        assert line.count(told) == 1
    assert task in [listed["id"] for listed in json.loads(mesh.run("tasks", "-o", "json").stdout)]
    shown = mesh.run("tasks", task, "--out", "kept")
    assert "once" in shown.stdout
    assert "asked: write:once svg" in shown.stdout
    assert mesh.run("tasks", task[:8]).stdout.startswith(task)
    assert (tmp_path / "kept" / "chart.svg").exists()
    followed = mesh.run("tasks", task, "follow")
    assert (followed.returncode, "once" in followed.stdout) == (0, True)


def test_why_a_task_went_where_it_went_is_told(mesh: Command, joined: StockAgent) -> None:
    assert joined.url
    asked = mesh.run("ask", "--json", "quickest trains between two towns")
    task = json.loads(asked.stdout.splitlines()[0])["task"]["id"]

    told = mesh.run("tasks", task, "--why").stdout.splitlines()
    assert told[0] == (
        "route-planner for its skill plan-route, by the rule search: the search found who can do it"
    )
    (line,) = [line for line in told[1:] if "route-planner" in line]
    assert "trains" in line
    record = json.loads(mesh.run("tasks", task, "--why", "-o", "json").stdout)
    assert (record["task"], record["rule"]) == (task, "search")


def test_why_is_about_one_task(mesh: Command) -> None:
    assert mesh.run("tasks", "--why").returncode == 2
    assert "no-such-task" in mesh.run("tasks", "no-such-task", "--why").stderr


def test_a_task_that_waits_is_canceled(mesh: Command, joined: StockAgent) -> None:
    assert joined.url
    asked = mesh.run("ask", "--agent", "route-planner", "--json", "ask:Really?")
    task = json.loads(asked.stdout.splitlines()[0])["task"]["id"]

    assert mesh.run("tasks", task, "cancel").stdout == "The task is canceled.\n"
    assert mesh.run("tasks", task, "follow").returncode == 6


def test_a_task_that_nobody_knows_is_told_in_a_sentence(mesh: Command) -> None:
    done = mesh.run("tasks", "no-such-task")

    assert done.returncode == 1
    assert "agentia-mesh tasks" in done.stderr


def test_a_name_that_is_taken_is_told(mesh: Command, joined: StockAgent) -> None:
    assert joined.url
    with stock_agent() as other:
        done = mesh.run("join", other.url)

    assert done.returncode == 1
    assert "route-planner" in done.stderr


def test_what_is_wrong_with_a_card_is_told_when_it_wants_to_join(mesh: Command) -> None:
    with stock_agent(skills=[]) as agent:
        agent.spoil_card()
        done = mesh.run("join", agent.url)

    assert done.returncode == 1
    assert "$.supportedInterfaces" in done.stderr


def test_an_agent_that_is_not_there_cannot_join(mesh: Command) -> None:
    port = free_port()
    done = mesh.run("join", f"http://127.0.0.1:{port}/")

    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr


def test_an_agent_leaves(mesh: Command) -> None:
    with stock_agent() as agent:
        assert mesh.run("join", agent.url, "--name", "passing").returncode == 0
        assert mesh.run("leave", "passing").stdout == "passing has left.\n"
        done = mesh.run("leave", "passing")

    assert done.returncode == 1
    assert "passing" in done.stderr
