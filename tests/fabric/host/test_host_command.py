import json
import os
import signal
import socket
import time

import httpx2
import pytest

from agentia_testing.host_process import host_process

ECHO = "agentia_testing.light:echo"


def test_several_services_run_in_one_process_each_at_its_own_address() -> None:
    with host_process(f"one={ECHO}", f"two={ECHO}") as host:
        urls = dict([host.next_service(), host.next_service()])
        for name in ("one", "two"):
            assert httpx2.get(urls[name]).json()["service"] == name
            assert httpx2.get(f"{urls[name]}healthz").json() == {"status": "ok", "service": name}


def test_a_light_service_answers_while_a_heavy_one_is_still_imported() -> None:
    with host_process(f"light={ECHO}", "heavy=agentia_testing.heavy:service") as host:
        name, url = host.next_service()
        assert name == "light"
        assert httpx2.get(url).status_code == 200
        assert host.lines.empty()


def test_a_service_can_be_given_an_open_socket() -> None:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        opened.listen()
        url = f"http://127.0.0.1:{opened.getsockname()[1]}/"
        with host_process(f"given={ECHO}", f"--fd=given={opened.fileno()}", pass_fds=[opened.fileno()]):
            assert httpx2.get(url, timeout=30).json()["service"] == "given"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_good_order(number: signal.Signals) -> None:
    with host_process(f"one={ECHO}") as host:
        host.next_service()
        host.process.send_signal(number)
        code, told = host.wait()
    assert code == 0
    assert "Traceback" not in told


def test_a_signal_ends_it_while_a_service_is_still_imported() -> None:
    with host_process(f"light={ECHO}", "heavy=agentia_testing.heavy:service") as host:
        host.next_service()
        host.process.send_signal(signal.SIGTERM)
        assert host.wait(8)[0] == 0


def test_a_running_stream_gets_the_drain_and_then_ends() -> None:
    with host_process("slow=agentia_testing.light:endless", environment={"AGENTIA_DRAIN": "1"}) as host:
        _, url = host.next_service()
        with httpx2.stream("GET", url) as stream:
            parts = stream.iter_raw()
            next(parts)
            before = time.monotonic()
            host.process.send_signal(signal.SIGTERM)
            with pytest.raises((httpx2.RemoteProtocolError, httpx2.ReadError)):
                list(parts)
        assert host.wait()[0] == 0
        assert 0.5 < time.monotonic() - before < 6


def test_it_ends_when_its_parent_is_gone() -> None:
    reading, writing = os.pipe()
    try:
        with host_process(f"one={ECHO}", f"--parent-fd={reading}", pass_fds=[reading]) as host:
            host.next_service()
            os.close(writing)
            assert host.wait()[0] == 0
    finally:
        os.close(reading)


@pytest.mark.parametrize(
    ("services", "said", "code"),
    [
        (
            ["x=agentia_testing.light:broken"],
            "The service 'x' cannot be built: RuntimeError: x has no settings",
            1,
        ),
        (["x=agentia_testing.missing:service"], "The service 'x' cannot be built: ModuleNotFoundError:", 1),
        (["nonsense"], "There is no service 'nonsense'; installed are", 1),
        ([f"x={ECHO}", "--listen=x=192.0.2.1:0"], "The service 'x' has nowhere to listen:", 1),
    ],
)
def test_a_service_that_cannot_start_gives_one_line_and_a_code(
    services: list[str], said: str, code: int
) -> None:
    with host_process(*services) as host:
        ended, told = host.wait()
    assert ended == code
    assert told.startswith(f"agentia: {said}")
    assert told.count("\n") == 1


def test_a_service_whose_lifespan_fails_takes_the_others_down() -> None:
    with host_process(f"one={ECHO}", "two=agentia_testing.light:stillborn") as host:
        code, told = host.wait()
    assert code == 1
    *logged, last = told.splitlines()
    assert last == "agentia: The service 'two' did not start; its log says why."
    assert any("no database" in json.loads(line)["event"] for line in logged)


def test_settings_that_cannot_be_used_are_told_and_have_a_code_of_their_own() -> None:
    with host_process(f"one={ECHO}", environment={"AGENTIA_DRAIN": "soon"}) as host:
        code, told = host.wait()
    assert code == 2
    assert told.startswith("agentia: AGENTIA_DRAIN: ")


@pytest.mark.parametrize(
    "arguments", [["x", "--listen=x"], ["x", "--listen=x=host"], ["x", "--fd=y=3"], ["x", "--fd=x=three"], []]
)
def test_a_command_line_that_makes_no_sense_is_refused(arguments: list[str]) -> None:
    with host_process(*arguments) as host:
        code, told = host.wait()
    assert code == 2
    assert told.startswith("usage: python -m agentia_fabric.host")
