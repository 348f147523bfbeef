import ast
import os
import re
import signal
import subprocess
import sys
import tomllib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agentia_testing.command import Command


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(gateway=None, data=tmp_path / "data", folder=tmp_path)


def environment(command: Command) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AGENTIA_")}
    return {**clean, "AGENTIA_DATA": str(command.data)}


@contextmanager
def started(project: Path, command: Command) -> Generator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "agent.py"],
        cwd=project,
        env=environment(command),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def test_a_new_agent_starts_joins_the_mesh_and_answers(mesh: Command, tmp_path: Path) -> None:
    assert mesh.run("new", "word-counter").returncode == 0

    with started(tmp_path / "word-counter", mesh):
        mesh.until(lambda: mesh.run("agents", "-o", "json").stdout, lambda shown: "word-counter" in shown)
        answer = mesh.run("--agent", "word-counter", "How many words are in: to be or not to be")

    assert answer.returncode == 0, answer.stderr
    assert "11 words" in answer.stdout


def test_a_new_agent_passes_its_test(command: Command, tmp_path: Path) -> None:
    command.run("new", "word-counter", "--in", "agents-of-mine")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path / "agents-of-mine" / "word-counter",
        env=environment(command),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_the_agent_itself_has_ten_lines_at_most(command: Command, tmp_path: Path) -> None:
    command.run("new", "word-counter")
    lines = (tmp_path / "word-counter" / "agent.py").read_text().splitlines()
    tree = ast.parse("\n".join(lines))
    (agent,) = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    own = [line for line in lines[agent.lineno - 1 :] if line.strip()]

    assert len(own) <= 10, own


def test_the_project_is_one_that_uv_understands(command: Command, tmp_path: Path) -> None:
    command.run("new", "a1")
    project = tomllib.loads((tmp_path / "a1" / "pyproject.toml").read_text())

    assert project["project"]["name"] == "a1"
    assert project["project"]["dependencies"] == ["agentia-kit"]
    assert not re.findall(r"\$\w+", "".join(path.read_text() for path in (tmp_path / "a1").iterdir()))


@pytest.mark.parametrize(
    "name", ["Upper", "with space", "../escaped", "-x", "mesh", "registry", "a" * 64, ""]
)
def test_a_name_that_a_mesh_does_not_take_is_refused(command: Command, tmp_path: Path, name: str) -> None:
    done = command.run("new", "--", name)

    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(command: Command, tmp_path: Path) -> None:
    (tmp_path / "word-counter").mkdir()

    done = command.run("new", "word-counter")

    assert done.returncode == 1
    assert "is there already" in done.stderr
    assert list((tmp_path / "word-counter").iterdir()) == []
