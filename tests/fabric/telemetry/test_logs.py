import json
import logging
from collections.abc import Generator

import pytest
import structlog

from agentia_fabric.telemetry import log_to_stderr


@pytest.fixture(autouse=True)
def restored() -> Generator[None]:
    """Leave logging as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_both_kinds_of_logger_give_one_json_object_per_line(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("info", "registry")
    structlog.get_logger("ours").info("agent_gone", agent="x\ny")
    logging.getLogger("theirs").warning("lost %d", 3, extra={"agent": "z"})
    ours, theirs = lines(capsys)
    assert (ours["event"], ours["agent"], ours["level"], ours["logger"]) == (
        "agent_gone",
        "x\ny",
        "info",
        "ours",
    )
    assert (theirs["event"], theirs["agent"], theirs["level"]) == ("lost 3", "z", "warning")
    assert ours["service"] == theirs["service"] == "registry"
    assert "timestamp" in ours


def test_what_is_below_the_level_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("warning", "registry")
    structlog.get_logger("ours").info("detail")
    logging.getLogger("theirs").info("detail")
    assert lines(capsys) == []


def test_the_small_talk_of_libraries_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("info", "registry")
    logging.getLogger("httpx").info("HTTP Request")
    logging.getLogger("uvicorn.error").info("Started server process")
    logging.getLogger("uvicorn.error").error("Exception in ASGI application")
    assert [line["event"] for line in lines(capsys)] == ["Exception in ASGI application"]


def test_an_exception_is_part_of_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("info", "registry")
    try:
        raise ValueError("no")
    except ValueError:
        structlog.get_logger("ours").exception("failed")
    (line,) = lines(capsys)
    assert "ValueError: no" in str(line["exception"])


def test_a_value_that_is_no_json_is_shown_as_it_prints(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_stderr("info", "registry")
    structlog.get_logger("ours").info("x", value={1})
    assert lines(capsys)[0]["value"] == "{1}"
