"""Where the state of a mesh lies when nobody says otherwise."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "agentia-mesh"


def default(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's data directory (XDG, macOS and Windows each in their own way) with our name below it."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / NAME
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / NAME
    xdg = environ.get("XDG_DATA_HOME", "")
    # XDG: a relative path is invalid and must be ignored.
    base = Path(xdg) if xdg.startswith("/") else Path.home() / ".local" / "share"
    return base / NAME
