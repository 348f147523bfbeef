"""The JavaScript SDK of A2A, unchanged: as a client of the mesh, and as an agent that joined it."""

import json
import shutil
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest

from agentia_testing.running_mesh import RunningMesh, running_mesh

NPM = Path(__file__).parent / "npm"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(
    NODE is None or not (NPM / "node_modules").exists(),
    reason="needs Node.js and tests/interop/npm installed: `tests/run` as root installs them",
)
QUESTION = "What is the total revenue in sales.csv?"
BINDINGS = ["JSONRPC", "HTTP+JSON"]


@pytest.fixture(scope="module")
def mesh(tmp_path_factory: pytest.TempPathFactory) -> Generator[RunningMesh]:
    with running_mesh(tmp_path_factory.mktemp("mesh")) as mesh:
        yield mesh


@pytest.fixture(scope="module")
def parrot(mesh: RunningMesh) -> Generator[str]:
    """The JavaScript agent, joined; its own address."""
    assert NODE
    with subprocess.Popen([NODE, "agent.mjs"], cwd=NPM, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        joined = mesh.command("join", url)
        assert joined.returncode == 0, joined.stderr
        yield url
        process.terminate()


def every_operation(url: str, words: str, slow: str, binding: str) -> dict[str, dict[str, object]]:
    """What the JavaScript client saw, by operation."""
    assert NODE
    done = subprocess.run(
        [NODE, "client.mjs", url, words, slow, binding],
        cwd=NPM,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {seen["op"]: seen for seen in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("binding", BINDINGS)
def test_the_javascript_client_uses_every_operation_on_a_kit_agent(mesh: RunningMesh, binding: str):
    with_slow_agent = every_operation(f"{mesh.url}agents/analyst/", QUESTION, QUESTION, binding)
    assert with_slow_agent["send"]["state"] == "TASK_STATE_COMPLETED"


@pytest.mark.parametrize("binding", BINDINGS)
def test_the_javascript_client_reaches_a_javascript_agent_through_the_mesh(
    mesh: RunningMesh, parrot: str, binding: str
):
    seen = every_operation(f"{mesh.url}agents/js-parrot/", "hello", "slow", binding)
    assert seen["send"]["text"] == "you said: hello"
    assert seen["stream"]["state"] == "TASK_STATE_COMPLETED"
    assert seen["get"]["id"] == seen["send"]["id"]
    assert seen["list"]["ids"] == [seen["send"]["id"]]
    assert seen["subscribe"]["kind"] == "task"
    assert seen["cancel"]["state"] == seen["end"]["state"] == "TASK_STATE_CANCELED"
    assert "TaskNotFound" in str(seen["error"]["name"])


def test_a_task_for_the_mesh_finds_the_joined_agent_by_its_skill(mesh: RunningMesh, parrot: str):
    asked = mesh.command("ask", "Parrot: good morning", "--skill", "parrot")
    assert asked.returncode == 0, asked.stderr
    assert "you said: Parrot: good morning" in asked.stdout
