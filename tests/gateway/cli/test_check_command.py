"""Each fault is planted and must be found, with something to do about it."""

import json
import os
import signal
import socket
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from agentia_gateway.cli.checks.facts import Wanted, gathered
from agentia_gateway.cli.checks.machine import python
from agentia_gateway.supervisor import find
from agentia_testing.command import Command
from agentia_testing.stock_agent import stock_agent


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(gateway=None, data=tmp_path / "data", folder=tmp_path)


@contextmanager
def listener() -> Generator[int]:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        opened.listen()
        yield opened.getsockname()[1]


def troubles(command: Command, *arguments: str, **settings: str) -> dict[str, str]:
    """What `check` finds wrong, each with its remedy."""
    done = command.run("check", "-o", "json", *arguments, **settings)
    found = {each["what"]: each["remedy"] for each in json.loads(done.stdout) if not each["ok"]}
    assert done.returncode == (1 if found else 0), done.stderr
    assert all(remedy for remedy in found.values()), found
    return found


def the_one(found: dict[str, str], *words: str) -> str:
    """The remedy of the only trouble that has all these words."""
    (remedy,) = [remedy for what, remedy in found.items() if all(word in what for word in words)]
    return remedy


def test_programs_are_told_of_every_check(command: Command) -> None:
    told = json.loads(command.run("check", "-o", "json").stdout)

    assert {"check": "The Python is new enough", "ok": True, "what": "", "remedy": ""} in told
    assert any(not each["ok"] and each["check"] == "The mesh answers" and each["remedy"] for each in told)


def test_no_mesh_is_found_with_the_way_to_start_one(command: Command) -> None:
    with listener() as port:
        pass
    nobody = f"http://127.0.0.1:{port}/"
    assert "agentia-mesh up" in the_one(troubles(command, "--gateway", nobody), "No mesh answers")


def test_a_port_in_use_names_the_flag(command: Command) -> None:
    with listener() as port:
        assert "--port" in the_one(troubles(command, "--port", str(port)), f"port {port}", "in use")


def test_a_data_directory_that_cannot_be_written_is_found(command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    for place in ("file", "file/below", "/proc/agentia"):
        assert "--data" in the_one(troubles(command, "--data", place), "cannot be written")


def test_a_key_is_wanted_beyond_loopback(command: Command) -> None:
    assert "AGENTIA_API_KEY" in the_one(troubles(command, "--host", "0.0.0.0"), "no key is set")
    assert not [what for what in troubles(command, "--host", "0.0.0.0", AGENTIA_API_KEY="k") if "key" in what]
    (command.folder / "agentia.toml").write_text('api_key = "k"\n')
    assert not [what for what in troubles(command, "--host", "0.0.0.0") if "key" in what]


def test_a_folder_of_files_that_is_missing_or_empty_is_found(command: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".hidden").write_text("x")

    assert "--files" in the_one(troubles(command, "--files", "missing"), "is not there")
    assert "--files" in the_one(troubles(command, "--files", "empty"), "has no files")
    assert "--files" in the_one(troubles(command, AGENTIA_FILES="missing"), "is not there")


def test_a_python_that_is_too_old_is_found(tmp_path: Path) -> None:
    facts = gathered(Wanted("127.0.0.1", 8080, tmp_path, None, "http://127.0.0.1:9/"))

    (trouble,) = python(facts, (3, 10, 4))

    assert trouble.what == "This is Python 3.10.4."
    assert "3.11" in trouble.remedy
    assert list(python(facts)) == []


def test_a_run_file_of_a_dead_mesh_is_found(command: Command) -> None:
    command.data.mkdir()
    (command.data / "run.json").write_text('{"pid": 999999, "url": "http://127.0.0.1:1/"}')

    assert "agentia-mesh up" in the_one(troubles(command), "left behind", "999999")


def test_a_run_file_that_cannot_be_read_is_found(command: Command) -> None:
    command.data.mkdir()
    (command.data / "run.json").write_text("{")

    assert the_one(troubles(command), "left behind")


def test_a_setting_that_cannot_be_used_is_found(command: Command) -> None:
    assert "agentia-mesh config" in the_one(
        troubles(command, AGENTIA_BODY_LIMIT="many"), "AGENTIA_BODY_LIMIT"
    )


def test_a_secret_that_others_can_read_is_found(command: Command) -> None:
    command.data.mkdir()
    (command.data / "secret").write_text("s")
    (command.data / "secret").chmod(0o644)

    assert "chmod 600" in the_one(troubles(command), "secret")


class ModelEndpoint(BaseHTTPRequestHandler):
    """Takes the key `good` and has the model `small`."""

    def do_GET(self) -> None:
        good = self.headers["Authorization"] == "Bearer good"
        status = 404 if "v1" not in self.path else 200 if good else 401
        body = json.dumps({"data": [{"id": "small"}]}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is http.server's
        pass


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), ModelEndpoint)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)


@pytest.mark.parametrize(
    ("path", "key", "model", "words", "remedy"),
    [
        ("/v1", "bad", "small", ("refuses the key",), "OPENAI_API_KEY"),
        ("/v1", "good", "large", ("has no model 'large'",), "AGENTIA_MODEL"),
        ("/v2", "good", "small", ("HTTP 404",), "OPENAI_BASE_URL"),
        (":1/v1", "good", "small", ("does not answer",), "OPENAI_BASE_URL"),
    ],
)
def test_a_model_endpoint_that_does_not_take_us_is_found(
    command: Command, endpoint: str, path: str, key: str, model: str, words: tuple[str, ...], remedy: str
) -> None:
    base = f"http://127.0.0.1{path}" if path.startswith(":") else f"{endpoint}{path}"
    found = troubles(command, OPENAI_BASE_URL=base, OPENAI_API_KEY=key, AGENTIA_ANALYST_MODEL=model)

    assert remedy in the_one(found, *words)


def test_a_model_endpoint_that_takes_us_is_fine(command: Command, endpoint: str) -> None:
    found = troubles(command, OPENAI_BASE_URL=f"{endpoint}/v1", OPENAI_API_KEY="good", AGENTIA_MODEL="small")

    assert not [what for what in found if "model" in what]


def test_agents_that_have_not_registered_are_found_with_their_log(mesh: Command) -> None:
    assert "agents.log" in the_one(troubles(mesh), "analyst is not registered")


@contextmanager
def frozen(data: Path, service: str) -> Generator[None]:
    """The service's process stands still, as if it hung."""
    running = find(data)
    assert running is not None
    pid = next(one.pid for one in running.services if one.name == service)
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("service", ["registry", "documents", "analyst"])
def test_a_service_that_hangs_is_found_with_its_log(mesh: Command, service: str) -> None:
    with frozen(mesh.data, service):
        remedy = the_one(troubles(mesh), f"service {service} does not answer")

    assert ".log" in remedy


def test_a_joined_agent_whose_card_has_gone_wrong_is_found(mesh: Command) -> None:
    with stock_agent() as agent:
        assert mesh.run("join", agent.url, "--name", "spoilt").returncode == 0
        agent.spoil_card()
        found = mesh.until(lambda: troubles(mesh), lambda found: "spoilt" in " ".join(found))
        mesh.run("leave", "spoilt")

    assert "agentia-mesh leave spoilt" in the_one(found, "card of spoilt has errors")


def test_a_mesh_elsewhere_is_looked_at_without_looking_here(mesh: Command, tmp_path: Path) -> None:
    running = find(mesh.data)
    assert running is not None
    other = Command(gateway=running.url, data=tmp_path / "none", folder=tmp_path)
    with listener() as port:
        found = troubles(other, "--port", str(port))

    assert [what for what in found if "port" not in what] == []


def test_what_is_fine_is_told_too(mesh: Command) -> None:
    shown = mesh.run("check").stdout

    assert "✓ The mesh answers" in shown
    assert "✓ The gateway reaches the registry" in shown
