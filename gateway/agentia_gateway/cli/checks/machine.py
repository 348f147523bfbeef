"""This machine: the Python, the data directory, the port, the folder of files, the settings."""

from __future__ import annotations

import json
import os
import socket
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from agentia_gateway.cli.address import api_key
from agentia_gateway.cli.checks.facts import Facts
from agentia_gateway.cli.checks.trouble import Trouble
from agentia_gateway.supervisor.addresses import is_loopback
from agentia_gateway.supervisor.lock import holder

OLDEST_PYTHON = (3, 11)
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def python(_: Facts, version: tuple[int, ...] = sys.version_info[:3]) -> Iterator[Trouble]:
    """The Python that runs the mesh."""
    if version[:2] < OLDEST_PYTHON:
        have, needed = ".".join(map(str, version)), ".".join(map(str, OLDEST_PYTHON))
        yield Trouble(
            f"This is Python {have}.", f"Install Python {needed} or newer and make a new environment."
        )


def settings(_: Facts) -> Iterator[Trouble]:
    """The settings as a whole."""
    from agentia_fabric.errors import SettingsError
    from agentia_gateway.cli.all_settings import explained

    try:
        explained()
    except SettingsError as error:
        yield Trouble(str(error), "Correct it where it was set; `agentia-mesh config` shows every setting.")


def data_directory(facts: Facts) -> Iterator[Trouble]:
    """Where the state lies: it must be writable, its secret nobody else's."""
    existing = next(path for path in (facts.data, *facts.data.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield Trouble(
            f"The data directory {facts.data} cannot be written: {reason}.",
            "Give yourself the right, or name another with --data DIR.",
        )
    secret = facts.data / "secret"
    if secret.is_file() and secret.stat().st_mode & OTHERS:
        yield Trouble("Others can read the mesh's secret.", f"Run `chmod 600 {secret}`.")


def left_behind(facts: Facts) -> Iterator[Trouble]:
    """`run.json` of a mesh that was killed, or one that cannot be read."""
    run = facts.data / "run.json"
    if facts.running is not None or not run.is_file():
        return
    if holder(facts.data) is not None:
        yield Trouble(f"The mesh on {facts.data} is only starting.", "Wait a moment and check again.")
        return
    pid = _pid(run)
    yield Trouble(
        f"{run} was left behind by a mesh that was killed{pid}.",
        "Nothing is lost: `agentia-mesh up` starts it again and finds its tasks.",
    )


def may_start(facts: Facts) -> bool:
    """Applies when no mesh runs yet."""
    return facts.here and facts.running is None


def port(facts: Facts) -> Iterator[Trouble]:
    """Whether `up` could listen."""
    family = socket.AF_INET6 if ":" in facts.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((facts.host, facts.port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            yield Trouble(
                f"Nobody can listen on port {facts.port} of {facts.host}: {reason}.",
                "Stop the program that does, or start the mesh with --port PORT.",
            )


def key(facts: Facts) -> Iterator[Trouble]:
    """A mesh that other machines can reach needs a key."""
    if not is_loopback(facts.host) and not api_key():
        yield Trouble(
            f"{facts.host} can be reached from other machines, and no key is set.",
            "Set AGENTIA_API_KEY to a secret that callers have to send, or listen on 127.0.0.1.",
        )


def names_files(facts: Facts) -> bool:
    """Applies when a folder was named; the samples are always there."""
    return facts.here and bool(facts.files or os.environ.get("AGENTIA_FILES"))


def files(facts: Facts) -> Iterator[Trouble]:
    """The folder that the agents read."""
    folder = facts.files or Path(os.environ["AGENTIA_FILES"])
    remedy = "Name a folder with documents or tables with --files DIR."
    if not folder.is_dir():
        yield Trouble(f"The folder {folder} is not there.", remedy)
    elif not any(path.is_file() and not path.name.startswith(".") for path in folder.rglob("*")):
        yield Trouble(f"The folder {folder} has no files.", remedy)


def _pid(run: Path) -> str:
    try:
        return f" (process {json.loads(run.read_text(encoding='utf-8'))['pid']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
