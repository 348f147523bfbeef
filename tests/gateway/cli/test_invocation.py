from pathlib import Path

from agentia_testing.command import Command

BARE = "/usr/bin:/bin"
NOBODY = "http://127.0.0.1:9/"


def remedy(folder: Path, **settings: str) -> str:
    """What `agents` says when no mesh answers."""
    command = Command(gateway=NOBODY, data=folder / "data", folder=folder)
    return command.run("agents", **settings).stderr.splitlines()[1]


def test_a_command_on_the_path_is_called_by_its_name(tmp_path: Path) -> None:
    assert "`agentia-mesh up`" in remedy(tmp_path)


def test_a_command_off_the_path_is_called_by_its_own_path(tmp_path: Path) -> None:
    assert f"`{Command.PATH} up`" in remedy(tmp_path, PATH=BARE)


def test_in_a_checkout_with_its_own_uv_that_runs_it(tmp_path: Path) -> None:
    (tmp_path / ".uv" / "bin").mkdir(parents=True)
    (tmp_path / ".uv" / "bin" / "uv").touch()

    assert "`.uv/bin/uv run --no-dev agentia-mesh up`" in remedy(tmp_path, PATH=BARE)


def test_what_only_uv_run_put_on_the_path_is_run_with_uv(tmp_path: Path) -> None:
    path = f"{Command.PATH.parent}:{BARE}"
    told = remedy(tmp_path, PATH=path, UV_RUN_RECURSION_DEPTH="1", UV="/opt/uv")

    assert "`/opt/uv run --no-dev agentia-mesh up`" in told
