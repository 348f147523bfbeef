import os
from pathlib import Path

import pytest

from agentia_gateway.supervisor import log_file
from agentia_gateway.supervisor.log_file import LogFile


def test_a_log_that_grew_too_large_moves_away_while_its_writer_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_file, "MAX_BYTES", 100)
    log = LogFile(tmp_path / "x.log")
    descriptor = log.open()
    os.write(descriptor, b"a" * 101)
    log.bound()
    os.write(descriptor, b"more")
    os.close(descriptor)
    assert log.path.read_bytes() == b"more"
    assert (tmp_path / "x.log.1").read_bytes() == b"a" * 101


def test_last_words_are_those_of_the_last_life_only(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "x.log")
    descriptor = log.open()
    os.write(descriptor, b'{"event":"x"}\nagentia: No room.\n')
    os.close(descriptor)
    assert log.last_words() == "No room."
    os.close(log.open())
    assert log.last_words() == ""


def test_bounding_a_log_that_is_not_there_is_nothing(tmp_path: Path) -> None:
    LogFile(tmp_path / "x.log").bound()
