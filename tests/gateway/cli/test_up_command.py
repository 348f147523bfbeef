"""`up` and `down` as a person uses them; the whole mesh, once."""

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from agentia_testing.command import Command
from agentia_testing.running_mesh import RunningMesh, running_mesh


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(gateway=None, data=tmp_path / "data", folder=tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningMesh]:
    with running_mesh(tmp_path_factory.mktemp("whole")) as mesh:
        yield mesh


def printed(mesh: RunningMesh) -> str:
    return (mesh.data / "up.txt").read_text()


def test_up_shows_the_agents_with_their_models_and_an_example(whole: RunningMesh) -> None:
    shown = Command.until(lambda: printed(whole), lambda text: "Ctrl-C" in text)

    assert f"The mesh answers at {whole.url}" in shown
    for agent in ("analyst", "librarian", "planner", "writer"):
        (line,) = [line for line in shown.splitlines() if line.split()[:1] == [agent]]
        assert f"rule:{agent}" in line
    assert "agentia-mesh ask" in shown


def test_a_second_mesh_on_the_same_data_says_so(whole: RunningMesh) -> None:
    done = whole.command("up", "--port", "0")

    assert done.returncode == 1
    assert "runs on" in done.stderr
    assert whole.url in done.stderr


def test_a_port_in_use_names_the_flag(whole: RunningMesh, command: Command) -> None:
    done = command.run("up", "--port", whole.url.rpartition(":")[2].rstrip("/"))

    assert done.returncode == 1
    assert "--port" in done.stderr


def test_commands_find_the_mesh_by_its_data(whole: RunningMesh, tmp_path: Path) -> None:
    command = Command(gateway=None, data=whole.data, folder=tmp_path)

    assert "analyst" in command.run("agents").stdout


def test_check_finds_nothing_wrong_with_a_whole_mesh(whole: RunningMesh, tmp_path: Path) -> None:
    done = Command(gateway=None, data=whole.data, folder=tmp_path).run("check")

    assert done.returncode == 0, done.stdout


def test_beyond_loopback_a_key_is_wanted(command: Command) -> None:
    done = command.run("up", "--host", "0.0.0.0", "--port", "0")

    assert done.returncode == 1
    assert "AGENTIA_API_KEY" in done.stderr


def test_a_folder_of_files_that_is_not_there_is_named(command: Command) -> None:
    done = command.run("up", "--files", "missing")

    assert done.returncode == 2
    assert "missing is no folder" in done.stderr


def test_a_data_directory_that_cannot_be_used_is_named(command: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    done = command.run("up", "--data", "file", "--port", "0")

    assert done.returncode == 1
    assert "--data" in done.stderr


def test_down_without_a_mesh_says_so(command: Command) -> None:
    done = command.run("down")

    assert done.returncode == 3
    assert "No mesh runs" in done.stderr


@pytest.mark.parametrize("how", ["down", "interrupt"])
def test_a_mesh_is_down_after_down_and_after_ctrl_c(command: Command, how: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = command.start("up", "--port", str(port))
    assert process.stdout is not None
    assert "The mesh answers" in process.stdout.readline()
    if how == "down":
        assert command.run("down").stdout == "The mesh is down.\n"
    else:
        process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=20)

    assert process.returncode == 0, errors
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", port))
