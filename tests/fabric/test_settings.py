from pathlib import Path

import pytest

from agentia_fabric import data_directory
from agentia_fabric.errors import SettingsError
from agentia_fabric.networks import Networks
from agentia_fabric.settings import MeshSettings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting but those that a test makes."""
    for name in MeshSettings.model_fields:
        monkeypatch.delenv(f"AGENTIA_{name.upper()}", raising=False)
    monkeypatch.delenv("AGENTIA_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AGENTIA_DATA", str(tmp_path / "data"))


def sources(**flags: object) -> dict[str, tuple[str, str]]:
    return {setting.name: (setting.value, setting.source) for setting in MeshSettings.explain(**flags)}


def test_a_flag_wins_over_the_environment_over_the_file_over_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert sources()["body_limit"] == ("16777216", "default")
    Path("agentia.toml").write_text("body_limit = 1\n")
    assert sources()["body_limit"] == ("1", "agentia.toml")
    monkeypatch.setenv("AGENTIA_BODY_LIMIT", "2")
    assert sources()["body_limit"] == ("2", "environment")
    assert sources(body_limit=3)["body_limit"] == ("3", "flag")
    assert MeshSettings.read(body_limit=3).body_limit == 3


def test_a_flag_that_was_not_given_and_an_empty_variable_count_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AGENTIA_REGISTRY", "")
    assert sources(registry=None)["registry"] == ("", "default")


def test_the_file_can_lie_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    elsewhere = tmp_path / "etc" / "mesh.toml"
    elsewhere.parent.mkdir()
    elsewhere.write_text('log_level = "debug"\n')
    monkeypatch.setenv("AGENTIA_CONFIG", str(elsewhere))
    assert sources()["log_level"] == ("debug", str(elsewhere))


def test_the_secret_is_found_beside_the_data_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sources()["secret"] == ("", "default")
    data = Path("data")
    data.mkdir()
    (data / "secret").write_text("from-the-file\n")
    settings = MeshSettings.read()
    assert settings.secret is not None
    assert settings.secret.get_secret_value() == "from-the-file"
    assert sources()["secret"] == ("••••", "DATA/secret")
    assert "from-the-file" not in repr(settings)
    monkeypatch.setenv("AGENTIA_SECRET", "from-the-environment")
    assert sources()["secret"] == ("••••", "environment")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("AGENTIA_BODY_LIMIT", "many", "AGENTIA_BODY_LIMIT: Input should be a valid integer"),
        ("AGENTIA_REGISTRY", "localhost:1", "AGENTIA_REGISTRY: must be a URL"),
        ("AGENTIA_FETCH_ALLOW", "10.0.0.1/8", "AGENTIA_FETCH_ALLOW: 10.0.0.1/8 has host bits set"),
        ("AGENTIA_LOG_LEVEL", "loud", "AGENTIA_LOG_LEVEL: Input should be 'debug'"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        MeshSettings.read()
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


def test_a_wrong_flag_is_named_as_one() -> None:
    with pytest.raises(SettingsError, match=r"^--body-limit: "):
        MeshSettings.read(body_limit=0)


def test_a_file_that_is_no_toml_is_named() -> None:
    Path("agentia.toml").write_text("gateway =\n")
    with pytest.raises(SettingsError, match=r"^agentia.toml cannot be read"):
        MeshSettings.read()


def test_base_urls_end_with_a_slash() -> None:
    assert MeshSettings.read(gateway="http://127.0.0.1:9").gateway == "http://127.0.0.1:9/"


def test_networks_are_read_with_loopback_as_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGENTIA_FETCH_ALLOW", "loopback, 10.1.0.0/16")
    assert str(MeshSettings.read().fetch_allow) == "127.0.0.0/8,::1/128,10.1.0.0/16"
    assert MeshSettings.read(fetch_allow="").fetch_allow == Networks()


def test_the_data_directory_follows_xdg_and_ignores_a_relative_one() -> None:
    assert data_directory.default({"XDG_DATA_HOME": "/somewhere"}) == Path("/somewhere/agentia-mesh")
    home = Path.home() / ".local" / "share" / "agentia-mesh"
    assert data_directory.default({"XDG_DATA_HOME": "relative"}) == home
    assert data_directory.default({}) == home
