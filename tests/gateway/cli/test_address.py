from pathlib import Path

import pytest

from agentia_gateway.cli.address import DEFAULT_GATEWAY, data_path, gateway_url


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AGENTIA_DATA", str(tmp_path / "data"))
    for name in ("AGENTIA_GATEWAY", "AGENTIA_CONFIG"):
        monkeypatch.delenv(name, raising=False)


def test_the_flag_comes_before_the_environment_and_that_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert gateway_url() == DEFAULT_GATEWAY
    (tmp_path / "agentia.toml").write_text('gateway = "http://file"\n')
    assert gateway_url() == "http://file/"
    monkeypatch.setenv("AGENTIA_GATEWAY", "http://environment/")
    assert gateway_url() == "http://environment/"
    assert gateway_url("http://flag") == "http://flag/"


def test_a_file_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "agentia.toml").write_text("gateway = [")

    assert gateway_url() == DEFAULT_GATEWAY


def test_the_data_directory_is_found_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert data_path() == tmp_path / "data"
    assert data_path(tmp_path) == tmp_path
    monkeypatch.delenv("AGENTIA_DATA")
    (tmp_path / "agentia.toml").write_text('data = "here"\n')
    assert data_path() == Path("here")
