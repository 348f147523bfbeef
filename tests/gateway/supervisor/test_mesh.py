import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from agentia_gateway.supervisor import Running, find, stop
from agentia_testing.supervised import ECHO, supervised

GATEWAY = {"name": "gateway", "services": [f"gateway={ECHO}"], "vital": True}


def known(data: Path) -> Running:
    running = find(data)
    assert running is not None
    return running


def pid_of(data: Path, service: str) -> int:
    pid = next(one.pid for one in known(data).services if one.name == service)
    assert pid is not None
    return pid


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until_gone(*pids: int, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while any(map(is_alive, pids)):
        assert time.monotonic() < deadline, [pid for pid in pids if is_alive(pid)]
        time.sleep(0.02)


def test_every_service_answers_at_the_address_that_the_run_file_gives(tmp_path: Path) -> None:
    with supervised(tmp_path) as mesh:
        mesh.wait_until_ready()
        running = known(tmp_path)
        assert running.pid == mesh.process.pid
        for service in running.services:
            assert httpx2.get(service.url).json()["service"] == service.name
            assert is_alive(pid_of(tmp_path, service.name))
            assert service.log.exists()
        assert running.url == next(one.url for one in running.services if one.name == "gateway")


def test_the_gateway_has_the_port_that_was_asked_for(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with supervised(tmp_path, [GATEWAY], port=port) as mesh:
        mesh.wait_for(("ready", "gateway"))
        assert known(tmp_path).url == f"http://127.0.0.1:{port}/"


def test_children_are_told_where_everything_is_and_who_they_are(tmp_path: Path) -> None:
    processes = [GATEWAY, {"name": "tools", "services": ["documents=agentia_testing.light:environment"]}]
    with supervised(
        tmp_path, processes, files=None, environment={"AGENTIA_MODEL": "gpt", "OPENAI_API_KEY": "k"}
    ) as mesh:
        mesh.wait_for(("ready", "gateway"), ("ready", "documents"))
        urls = {service.name: service.url for service in known(tmp_path).services}
        told = httpx2.get(urls["documents"]).json()
    assert told["AGENTIA_GATEWAY"] == urls["gateway"]
    assert told["AGENTIA_DOCUMENTS"] == urls["documents"] + "mcp"
    assert told["AGENTIA_DATA"] == str(tmp_path)
    assert told["AGENTIA_SECRET"] == (tmp_path / "secret").read_text().strip()
    assert told["AGENTIA_FETCH_ALLOW"] == "loopback"
    assert (told["AGENTIA_MODEL"], told["OPENAI_API_KEY"]) == ("gpt", "k")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_and_leaves_no_run_file(tmp_path: Path, number: signal.Signals) -> None:
    with supervised(tmp_path) as mesh:
        mesh.wait_until_ready()
        pids = [pid_of(tmp_path, name) for name in ("analyst", "gateway", "documents")]
        mesh.process.send_signal(number)
        code, told = mesh.end()
    assert (code, told) == (0, "")
    assert [event.what for event in mesh.told[-2:]] == ["stopping", "stopped"]
    assert not any(map(is_alive, pids))
    assert not (tmp_path / "run.json").exists()
    assert find(tmp_path) is None


def test_agents_end_while_the_gateway_is_still_there(tmp_path: Path) -> None:
    leaving = {"name": "agents", "services": ["analyst=agentia_testing.light:farewell"], "ends_first": True}
    with supervised(tmp_path, [leaving, GATEWAY]) as mesh:
        mesh.wait_for(("ready", "analyst"), ("ready", "gateway"))
        mesh.process.terminate()
        assert mesh.end()[0] == 0
    assert (tmp_path / "farewell").read_text() == "200"


def test_another_process_can_stop_it(tmp_path: Path) -> None:
    with supervised(tmp_path) as mesh:
        mesh.wait_until_ready()
        assert stop(tmp_path) is True
        assert find(tmp_path) is None
        assert mesh.end()[0] == 0
    assert stop(tmp_path) is False


def test_a_second_mesh_on_the_same_data_says_which_one_runs(tmp_path: Path) -> None:
    with supervised(tmp_path) as first:
        first.wait_until_ready()
        with supervised(tmp_path) as second:
            code, told = second.end()
        assert code == 3
        assert told.startswith(f"AlreadyRunning: A mesh runs on {tmp_path} already")
        assert f"process {first.process.pid}, {known(tmp_path).url}" in told
        assert httpx2.get(known(tmp_path).url).status_code == 200


def test_a_used_port_names_the_flag_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.socket() as used:
        used.bind(("127.0.0.1", 0))
        used.listen()
        port = used.getsockname()[1]
        with supervised(tmp_path, port=port) as mesh:
            code, told = mesh.end()
    assert code == 3
    assert f"Port {port} of 127.0.0.1 is in use. Choose another one with `--port PORT`." in told
    assert mesh.told == []
    assert find(tmp_path) is None


def test_listening_beyond_loopback_needs_a_key(tmp_path: Path) -> None:
    with supervised(tmp_path, [GATEWAY], host="0.0.0.0") as mesh:
        code, told = mesh.end()
    assert code == 3
    assert "Set AGENTIA_API_KEY" in told
    with supervised(tmp_path, [GATEWAY], host="0.0.0.0", environment={"AGENTIA_API_KEY": "x"}) as mesh:
        mesh.wait_for(("ready", "gateway"))
        assert known(tmp_path).url.startswith("http://127.0.0.1:")


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with supervised(tmp_path / "file") as mesh:
        code, told = mesh.end()
    assert code == 3
    assert "DataUnusable: The data folder" in told


def test_a_child_that_dies_is_started_again_on_the_same_address(tmp_path: Path) -> None:
    with supervised(tmp_path) as mesh:
        mesh.wait_until_ready()
        before = known(tmp_path)
        pid = pid_of(tmp_path, "analyst")
        os.kill(pid, signal.SIGKILL)
        died, again, *_ = mesh.wait_for(
            ("died", "agents"), ("restarting", "agents"), ("started", "agents"), ("ready", "writer")
        )
        assert (died.detail, again.detail) == ("killed by SIGKILL", "in 0.2 s")
        assert pid_of(tmp_path, "analyst") != pid
        assert {one.url for one in known(tmp_path).services} == {one.url for one in before.services}
        assert httpx2.get(known(tmp_path).services[0].url).status_code == 200


def test_who_calls_a_service_that_is_being_started_again_waits_and_is_answered(tmp_path: Path) -> None:
    with supervised(tmp_path) as mesh:
        mesh.wait_until_ready()
        url = known(tmp_path).url
        os.kill(pid_of(tmp_path, "gateway"), signal.SIGKILL)
        mesh.wait_for(("died", "gateway"))
        assert httpx2.get(url, timeout=20).json()["service"] == "gateway"


def test_what_a_child_started_dies_with_it(tmp_path: Path) -> None:
    processes = [GATEWAY, {"name": "tools", "services": ["documents=agentia_testing.light:parent"]}]
    with supervised(tmp_path, processes) as mesh:
        mesh.wait_for(("ready", "documents"))
        url = next(one.url for one in known(tmp_path).services if one.name == "documents")
        grandchild = httpx2.get(url).json()["pid"]
        assert is_alive(grandchild)
        os.kill(pid_of(tmp_path, "documents"), signal.SIGKILL)
        mesh.wait_for(("died", "tools"))
        wait_until_gone(grandchild)


def test_children_end_when_the_supervisor_is_killed_and_the_next_mesh_starts(tmp_path: Path) -> None:
    with supervised(tmp_path) as mesh:
        mesh.wait_until_ready()
        pids = [pid_of(tmp_path, name) for name in ("analyst", "gateway", "documents")]
        mesh.process.kill()
        mesh.process.wait(10)
        wait_until_gone(*pids)
        assert find(tmp_path) is None
    with supervised(tmp_path) as mesh:
        mesh.wait_until_ready()


def test_a_child_that_does_not_end_is_killed(tmp_path: Path) -> None:
    processes = [GATEWAY, {"name": "tools", "services": ["documents=agentia_testing.light:stubborn"]}]
    with supervised(tmp_path, processes, patience=0.5) as mesh:
        mesh.wait_for(("ready", "documents"), ("ready", "gateway"))
        pid = pid_of(tmp_path, "documents")
        url = next(one.url for one in known(tmp_path).services if one.name == "documents")
        with pytest.raises(httpx2.ReadTimeout):
            httpx2.get(url, timeout=0.3)
        before = time.monotonic()
        mesh.process.terminate()
        assert mesh.end()[0] == 0
        assert time.monotonic() - before < 5
        assert not is_alive(pid)


def test_a_child_says_why_it_died(tmp_path: Path) -> None:
    processes = [GATEWAY, {"name": "tools", "services": ["documents=agentia_testing.light:broken"]}]
    with supervised(tmp_path, processes) as mesh:
        seen = mesh.wait_for(("died", "tools"), ("restarting", "tools"), ("ready", "gateway"))
    died = next(event for event in seen if event.what == "died")
    assert died.detail == "The service 'documents' cannot be built: RuntimeError: documents has no settings"


def test_settings_that_no_restart_can_mend_are_given_up_and_with_the_gateway_the_mesh(tmp_path: Path) -> None:
    with supervised(tmp_path, environment={"AGENTIA_DRAIN": "soon"}) as mesh:
        died, given_up = mesh.wait_for(("died", "gateway"), ("gave_up", "gateway"))
        code, _ = mesh.end()
    assert code == 1
    assert died.detail.startswith("AGENTIA_DRAIN: ")
    assert given_up.log is not None
    assert not (tmp_path / "run.json").exists()


def test_the_log_of_the_run_before_is_kept(tmp_path: Path) -> None:
    for _ in range(2):
        with supervised(tmp_path, [GATEWAY]) as mesh:
            mesh.wait_for(("ready", "gateway"))
    assert "serving" in (tmp_path / "log" / "gateway.log").read_text()
    assert "serving" in (tmp_path / "log" / "gateway.log.1").read_text()


def test_the_supervisor_imports_no_web_stack() -> None:
    heavy = "{'starlette', 'uvicorn', 'httpx2', 'pydantic', 'agents', 'a2a', 'mcp'}"
    program = f"import sys, agentia_gateway.supervisor; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.strip() == "[]"
