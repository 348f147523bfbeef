import json
from pathlib import Path

import pytest
from anyio import to_thread

from agentia_testing.cards import card_1_0
from agentia_testing.command import Command
from agentia_testing.raw_server import fixed, raw_server
from agentia_testing.running_mesh import free_port
from agentia_testing.stock_agent import stock_agent


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(gateway=None, data=tmp_path / "data", folder=tmp_path)


def test_a_sound_card_is_told_so(command: Command, tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text(json.dumps(card_1_0()))

    done = command.run("card", "lint", "card.json")

    assert (done.returncode, done.stdout) == (0, "Nothing is wrong with this card.\n")


def test_errors_end_with_1_and_say_where_and_what_to_do(command: Command, tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text(json.dumps(card_1_0(name="")))

    done = command.run("card", "lint", "card.json")

    assert done.returncode == 1
    assert "$.name" in done.stdout
    assert "Add 'name'" in done.stdout
    assert "A2A 1.0 section 4.4.1" in done.stdout


def test_findings_come_as_json(command: Command, tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text(json.dumps(card_1_0(name="")))

    (finding,) = json.loads(command.run("card", "lint", "card.json", "-o", "json").stdout)

    assert (finding["code"], finding["path"], finding["severity"]) == ("field-missing", "$.name", "error")


def test_a_card_is_found_below_the_agents_address(command: Command) -> None:
    with stock_agent() as agent:
        assert command.run("card", "lint", agent.url.rstrip("/")).returncode == 0
        assert command.run("card", "lint", f"{agent.url}.well-known/agent-card.json").returncode == 0
        assert "HTTP 404" in command.run("card", "lint", f"{agent.url}other.json").stderr


def test_a_card_that_speaks_for_another_host_is_an_error(command: Command) -> None:
    foreign = [{"url": "https://victim.example/", "protocolBinding": "JSONRPC", "protocolVersion": "1.0"}]
    with stock_agent(supportedInterfaces=foreign) as agent:
        done = command.run("card", "lint", agent.url)

    assert done.returncode == 1
    assert "victim.example" in done.stdout


def test_what_is_not_there_is_told_in_a_sentence(command: Command) -> None:
    assert (
        command.run("card", "lint", "none.json").stderr
        == "none.json cannot be read: no such file or directory.\n"
    )
    assert command.run("card", "lint", f"http://127.0.0.1:{free_port()}/").returncode == 3


def test_what_is_no_card_is_an_error(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html>" * 20_000)

    done = command.run("card", "lint", "page.html")

    assert done.returncode == 1
    assert "at most 65536 are read" in " ".join(done.stdout.split())


async def test_the_key_of_the_mesh_never_reaches_whoever_serves_the_card(command: Command) -> None:
    async with raw_server(fixed("404 Not Found")) as strange:
        url = f"http://127.0.0.1:{strange.port}/card.json"
        await to_thread.run_sync(lambda: command.run("card", "lint", url, AGENTIA_API_KEY="sk-very-secret"))
    assert strange.requests
    assert not any(b"sk-very-secret" in request for request in strange.requests)


@pytest.mark.parametrize("url", ["https://10.0.0.1/card.json", "https://169.254.169.254/card.json"])
def test_a_private_address_is_refused_with_the_setting_that_permits_it(command: Command, url: str) -> None:
    done = command.run("card", "lint", url)
    assert done.returncode == 2
    assert "AGENTIA_FETCH_ALLOW" in done.stderr
