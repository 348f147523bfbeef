import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from agentia_testing.command import Command
from agentia_testing.stock_agent import SVG, StockAgent, stock_agent


@pytest.fixture(scope="module")
def agent() -> Iterator[StockAgent]:
    with stock_agent() as agent:
        yield agent


@pytest.fixture
def command(agent: StockAgent, tmp_path: Path) -> Command:
    return Command(gateway=agent.url, data=tmp_path / "data", folder=tmp_path)


def test_text_comes_as_it_is_written_and_what_the_agent_says_beside_it(command: Command) -> None:
    done = command.run("ask", "say:looking write:It_is_ write:the_North. model:rule:analyst say:soon")

    assert done.returncode == 0, done.stderr
    assert "· looking" in done.stdout
    assert "It is the North." in done.stdout


def test_the_word_ask_may_be_left_out(command: Command) -> None:
    assert "Yes." in command.run("write:Yes. table").stdout
    assert "Yes." in command.run("--agent", "x", "write:Yes.").stdout


def test_the_task_may_come_through_a_pipe(command: Command) -> None:
    assert "piped" in command.run("ask", "-", stdin="write:piped").stdout


def test_an_answer_without_a_task_is_an_answer(command: Command) -> None:
    done = command.run("ask", "hello:hi")

    assert (done.returncode, done.stdout) == (0, "hi\n")


def test_a_table_is_shown_as_a_table(command: Command) -> None:
    lines = command.run("ask", "table").stdout.splitlines()

    assert any("region" in line and "total" in line for line in lines)
    assert any("North" in line and "12.5" in line for line in lines)


def test_a_file_is_announced_with_the_way_to_keep_it(command: Command) -> None:
    assert "chart.svg (image/svg+xml, 41 bytes); --out DIR saves it" in command.run("ask", "svg").stdout


def test_files_tables_and_text_are_kept_where_they_should(command: Command, tmp_path: Path) -> None:
    done = command.run("ask", "svg table write:Read_me. raw:data.bin", "--out", str(tmp_path / "answer"))

    assert done.returncode == 0, done.stderr
    kept = {path.name: path.read_bytes() for path in (tmp_path / "answer").iterdir()}
    assert kept == {
        "chart.svg": SVG.encode(),
        "revenue.csv": b"region,total\nNorth,12.5\nSouth,7\n",
        "brief.md": b"Read me.",
        "data.bin": b"\x00\x01",
    }
    assert f"saved {tmp_path / 'answer' / 'chart.svg'}" in done.stdout


def test_a_name_that_leads_outside_stays_inside(command: Command, tmp_path: Path) -> None:
    (tmp_path / "answer").mkdir()
    (tmp_path / "answer" / "link").symlink_to(tmp_path / "target")

    for name in ("../../escaped", "/etc/escaped", "..", ".hidden", "link"):
        assert command.run("ask", f"raw:{name}", "--out", "answer").returncode == 0

    assert not (tmp_path / "target").exists()
    assert sorted(path.name for path in (tmp_path / "answer").iterdir()) == [
        "escaped", "escaped-2", "file", "hidden", "link", "link-2",
    ]  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answer"]


def test_agent_and_skill_travel_in_the_metadata(command: Command) -> None:
    told = command.run("ask", "about", "--agent", "analyst", "--skill", "count").stdout

    assert '{"urn:agentia:agent": "analyst", "urn:agentia:skill": "count"}' in told.replace("\n", "") or (
        '{"urn:agentia:skill": "count", "urn:agentia:agent": "analyst"}' in told
    )


def test_files_are_sent_along(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x\n1\n")
    (tmp_path / "b.bin").write_bytes(b"123")

    told = command.run("ask", "files", "--attach", "a.csv", "--attach", "b.bin").stdout

    assert "a.csv=text/csv=4 b.bin=application/octet-stream=3" in told


def test_a_file_that_cannot_be_read_is_named(command: Command) -> None:
    done = command.run("ask", "x", "--attach", "missing.csv")

    assert done.returncode == 2
    assert done.stderr == "missing.csv cannot be attached: no such file or directory.\n"


def test_json_prints_every_event_on_a_line(command: Command) -> None:
    done = command.run("ask", "say:one write:two", "--json")

    kinds = [next(iter(json.loads(line))) for line in done.stdout.splitlines()]
    assert kinds == ["task", "statusUpdate", "artifactUpdate", "statusUpdate"]


def test_a_failed_task_ends_with_1_and_its_reason(command: Command) -> None:
    done = command.run("ask", "fail:the_table_is_gone")

    assert done.returncode == 1
    assert "the table is gone" in done.stdout
    assert "The task failed." in done.stderr


def test_nobody_can_do_it_ends_with_4_and_the_nearest(command: Command) -> None:
    done = command.run("ask", "reject")

    assert done.returncode == 4
    assert "Nobody can do that." in done.stdout
    assert any("analyst" in line and "31" in line for line in done.stdout.splitlines())


def test_a_question_back_ends_with_5_and_the_way_to_answer(command: Command) -> None:
    done = command.run("ask", "ask:Which_year?")

    assert done.returncode == 5
    assert "Which year?" in done.stdout
    answer = done.stderr.partition("`agentia-mesh ")[2].partition(' "…"`')[0].split()
    assert answer[0] == "ask"
    assert "2024" in command.run(*answer, "write:2024").stdout


def test_a_question_back_is_answered_at_the_prompt(command: Command) -> None:
    shown, code = command.on_terminal(["ask", "ask:Which_year?"], [("Which year?", "write:in_2024")])

    assert "in 2024" in shown
    assert code == 0


@pytest.mark.parametrize(
    ("answer", "decision"),
    [
        ("yes", {"callId": "c1", "approve": True}),
        ("No.", {"callId": "c1", "approve": False}),
        ("not today", {"callId": "c1", "approve": False, "reason": "not today"}),
    ],
)
def test_a_call_of_a_tool_waits_for_a_plain_yes(
    command: Command, answer: str, decision: dict[str, object]
) -> None:
    done = command.run("ask", "approve:send_mail")

    assert done.returncode == 5
    assert 'May it call send_mail with {"to": "everybody"}?' in done.stdout
    way = done.stderr.partition("`agentia-mesh ")[2].partition(' "yes"`')[0].split()
    assert json.dumps({"decisions": [decision]}, sort_keys=True) in _sorted(command.run(*way, answer).stdout)


def _sorted(shown: str) -> str:
    told = next(line for line in shown.splitlines() if line.startswith("{"))
    return json.dumps(json.loads(told), sort_keys=True)


def test_ctrl_c_tells_how_to_come_back(command: Command, agent: StockAgent) -> None:
    agent.release.clear()
    process = command.start("ask", "say:waiting hang")
    assert process.stdout is not None
    assert "waiting" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=10)

    assert process.returncode == 130
    assert "agentia-mesh tasks" in errors
    task = errors.partition("`agentia-mesh tasks ")[2].split()[0]
    cancelled = command.run("tasks", task, "cancel")
    assert "The task is canceled." in cancelled.stdout


def test_a_broken_connection_is_told_with_the_way_to_follow(command: Command, agent: StockAgent) -> None:
    agent.release.clear()
    done = command.run("ask", "cut write:after")
    agent.release.set()

    assert done.returncode == 3
    assert "The connection broke" in done.stderr
    task = done.stderr.partition("`agentia-mesh tasks ")[2].split()[0]
    assert "after" in command.run("tasks", task, "follow").stdout


def test_with_follow_a_broken_connection_is_taken_up_again(command: Command, agent: StockAgent) -> None:
    agent.release.clear()
    process = command.start("ask", "write:before cut write:_after", "--follow")
    assert process.stdout is not None
    assert "cutting" in "".join(process.stdout.readline() for _ in range(3))
    agent.release.set()
    rest, errors = process.communicate(timeout=20)

    assert process.returncode == 0, errors
    assert "after" in rest
    assert "before" not in rest


def test_escape_sequences_of_an_agent_do_not_reach_the_terminal(command: Command) -> None:
    assert "\x1b" not in command.run("ask", "write:\x1b]0;owned\x07 say:\x1b[2J").stdout


def test_no_mesh_is_told_with_what_to_do(tmp_path: Path) -> None:
    done = Command(gateway="http://127.0.0.1:9/", data=tmp_path, folder=tmp_path).run("ask", "x")

    assert done.returncode == 3
    assert done.stderr == (
        "No mesh answers at http://127.0.0.1:9/\n"
        "Start one with `agentia-mesh up`, or name another with --gateway URL.\n"
    )


def test_an_address_that_speaks_no_a2a_is_told_in_a_sentence(command: Command, agent: StockAgent) -> None:
    done = command.run("ask", "x", "--gateway", f"{agent.url}nowhere/")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "404" in done.stderr


def test_nothing_to_ask_is_a_mistake_of_the_command_line(command: Command) -> None:
    assert command.run("ask", " ").returncode == 2


def test_an_environment_variable_names_the_mesh(agent: StockAgent, tmp_path: Path) -> None:
    done = subprocess.run(
        [Command.PATH, "ask", "write:there"],
        env={**os.environ, "AGENTIA_GATEWAY": agent.url.rstrip("/")},
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip

    assert "there" in done.stdout
