import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from agentia_fabric.secret import read_or_create


def test_a_secret_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret"
    secret = read_or_create(path)
    assert len(secret) >= 40
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_or_create(path) == secret
    assert [path.name for path in path.parent.iterdir()] == ["secret"]


def test_all_who_ask_at_the_same_moment_get_the_same_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: read_or_create(tmp_path / "secret"), range(64)))
    assert len(secrets) == 1
