"""The JavaScript SDK of A2A, unchanged: as a client of the mesh, and as an agent that joined it."""

import json
import shutil
import subprocess
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from agentia_testing.host_process import host_process
from agentia_testing.running_mesh import RunningMesh, running_mesh

NPM = Path(__file__).parent / "npm"
NODE = shutil.which("node") or ""
BINDINGS = ["JSONRPC", "HTTP+JSON"]
QUICK = "fault:none What is the total revenue in sales.csv? Sum the column."
SLOW = "fault:hang What is the total revenue in sales.csv? Sum the column."
"""The analyst's model never answers this one, so that there is something to follow and to cancel."""

pytestmark = pytest.mark.skipif(
    not NODE or not (NPM / "node_modules").exists(),
    reason="needs Node.js and the packages of tests/interop/npm: `tests/run` installs both when it can",
)


@pytest.fixture(scope="module")
def mesh(tmp_path_factory: pytest.TempPathFactory) -> Generator[RunningMesh]:
    """A mesh whose analyst thinks with the small model of the tests."""
    with host_process("model=agentia_testing.model_endpoint:service", "--listen=model=127.0.0.1:0") as host:
        _, url = host.next_service()
        model = {"AGENTIA_ANALYST_MODEL": "small", "OPENAI_BASE_URL": f"{url}v1", "OPENAI_API_KEY": "none"}
        with running_mesh(tmp_path_factory.mktemp("mesh"), environment=model) as mesh:
            yield mesh


@pytest.fixture(scope="module")
def parrot(mesh: RunningMesh) -> Generator[str]:
    """The JavaScript agent, joined; its own address."""
    with subprocess.Popen([NODE, "agent.mjs"], cwd=NPM, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        joined = mesh.command("join", url)
        assert joined.returncode == 0, joined.stderr
        yield url
        process.terminate()


def every_operation(url: str, words: str, slow: str, binding: str) -> dict[str, dict[str, Any]]:
    """What the JavaScript client saw, by operation."""
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


def assert_whole(seen: dict[str, dict[str, Any]], text: str) -> None:
    """Send, stream, get, list, subscribe, cancel and an error went as the specification says."""
    assert seen["send"]["state"] == "TASK_STATE_COMPLETED"
    assert seen["send"]["text"] == text
    assert seen["stream"]["state"] == "TASK_STATE_COMPLETED"
    assert seen["stream"]["kinds"][0] == "task"
    assert "artifactUpdate" in seen["stream"]["kinds"]
    assert seen["get"]["id"] == seen["send"]["id"]
    assert seen["list"]["ids"] == [seen["send"]["id"]]
    assert seen["subscribe"]["kind"] == "task"
    assert seen["cancel"]["state"] == seen["end"]["state"] == "TASK_STATE_CANCELED"
    assert "TaskNotFound" in seen["error"]["name"]


@pytest.mark.parametrize("binding", BINDINGS)
@pytest.mark.parametrize("path", ["", "agents/analyst/"], ids=["mesh", "analyst"])
def test_the_javascript_client_uses_every_operation(mesh: RunningMesh, path: str, binding: str):
    assert_whole(every_operation(mesh.url + path, QUICK, SLOW, binding), "hello there")


def test_the_javascript_client_reaches_a_javascript_agent_through_the_mesh(mesh: RunningMesh, parrot: str):
    assert_whole(
        every_operation(f"{mesh.url}agents/js-parrot/", "hello", "slow", "JSONRPC"), "you said: hello"
    )


def test_a_task_for_the_mesh_finds_the_joined_agent_by_its_skill(mesh: RunningMesh, parrot: str):
    asked = mesh.command("ask", "Parrot: good morning", "--skill", "parrot")
    assert asked.returncode == 0, asked.stderr
    assert "you said: Parrot: good morning" in asked.stdout


def test_callers_never_see_the_address_of_the_joined_agent(mesh: RunningMesh, parrot: str):
    shown = mesh.command("agents", "js-parrot", "-o", "json")
    assert shown.returncode == 0, shown.stderr
    assert parrot not in shown.stdout
