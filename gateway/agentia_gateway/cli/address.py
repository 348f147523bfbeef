"""Which mesh a command talks to: `--gateway`, `AGENTIA_GATEWAY`, `agentia.toml`, the one that runs here."""

from __future__ import annotations

import os
from pathlib import Path

from agentia_fabric import data_directory

DEFAULT_GATEWAY = "http://127.0.0.1:8080/"


def gateway_url(flag: str | None = None) -> str:
    """The gateway's URL, ending with `/`.

    Without a flag, a variable or an entry in the settings file it is the mesh that runs on the data
    directory, and when none runs the default address.
    """
    url = (
        flag or os.environ.get("AGENTIA_GATEWAY") or _in_file("gateway") or _running_here() or DEFAULT_GATEWAY
    )
    return url if url.endswith("/") else f"{url}/"


def data_path(flag: Path | None = None) -> Path:
    """The data directory: `--data`, `AGENTIA_DATA`, the settings file, the user's own."""
    named = os.environ.get("AGENTIA_DATA") or _in_file("data")
    return flag or (Path(named) if named else data_directory.default())


def api_key() -> str | None:
    """The key that the mesh wants: `AGENTIA_API_KEY`, the settings file; None when there is none."""
    return os.environ.get("AGENTIA_API_KEY") or _in_file("api_key")


def _running_here() -> str | None:
    from agentia_gateway.supervisor import find

    running = find(data_path())
    return running.url if running else None


def _in_file(name: str) -> str | None:
    """One entry of the settings file, read without the settings' own machinery, which takes 0.3 s."""
    path = Path(os.environ.get("AGENTIA_CONFIG") or "agentia.toml")
    if not path.is_file():
        return None
    import tomllib

    try:
        value = tomllib.loads(path.read_text(encoding="utf-8")).get(name)
    except (OSError, ValueError):
        return None
    return value if isinstance(value, str) else None
