"""How this command can be run again: what hints print must work where they are read."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

NAME = "agentia-mesh"
UV_RUN = "UV_RUN_RECURSION_DEPTH"
"""What `uv run` sets; it also puts the environment on the PATH, unlike the reader's own shell."""
CHECKOUTS_UV = Path(".uv/bin/uv")
_MENTION = re.compile(rf"(?<![\w/.-]){NAME}(?= [a-z\"])")
"""The command, followed by what it should do."""


def invocation() -> str:
    """The words that start the command: its name; off the PATH uv, where that runs it, or its own path."""
    if shutil.which(NAME, path=_readers_path()):
        return NAME
    if words := uv_run():
        return f"{words} {NAME}"
    script = Path(sys.argv[0])
    return shlex.quote(str(script.absolute())) if script.name == NAME and script.is_file() else NAME


def uv_run() -> str:
    """`uv run` as it can be typed in this folder; empty when nothing says that uv is used."""
    if CHECKOUTS_UV.is_file():
        return f"{CHECKOUTS_UV} run --no-dev"
    return f"{uv()} run --no-dev" if UV_RUN in os.environ else ""


def uv() -> str:
    """uv as it can be typed in any folder."""
    if shutil.which("uv"):
        return "uv"
    if CHECKOUTS_UV.is_file():
        return shlex.quote(str(CHECKOUTS_UV.absolute()))
    return shlex.quote(os.environ.get("UV", "uv"))


def runnable(hint: str) -> str:
    """The hint with the command written so that it runs here."""
    words = invocation()
    return hint if words == NAME else _MENTION.sub(lambda _: words, hint)


def _readers_path() -> str | None:
    if UV_RUN not in os.environ:
        return None
    ours = str(Path(sys.executable).parent)
    return os.pathsep.join(f for f in os.environ.get("PATH", "").split(os.pathsep) if f != ours)
