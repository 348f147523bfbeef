"""Writes the project of a new agent from the files in `starter/`."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import unquote, urlsplit

from agentia_gateway.cli.failure import ExitCode, Failure

STARTER = ("agent.py", "test_agent.py", "pyproject.toml", "README.md")
RESERVED = frozenset({"mesh", "agents", "registry", "healthz", "readyz", "metrics", "well-known"})
"""Names that are paths of the gateway (docs/contracts.md)."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def write_project(name: str, parent: Path) -> Path:
    """Write the project into a new folder of that name; return the folder.

    Raises:
        Failure: the name is none that a mesh takes, or the folder is there already.
    """
    if not _NAME.fullmatch(name) or name in RESERVED:
        reason = "is a path of the mesh itself" if name in RESERVED else "is no name of an agent"
        remedy = "Take small letters, digits and hyphens, 63 at most, such as `word-counter`."
        raise Failure(f"{name!r} {reason}.", remedy, ExitCode.USAGE)
    project = parent / name
    try:
        project.mkdir(parents=True)
        for file in STARTER:
            template = files("agentia_gateway.cli") / "starter" / f"{file}.txt"
            text = Template(template.read_text(encoding="utf-8")).substitute(name=name, sources=_sources())
            (project / file).write_text(text, encoding="utf-8")
    except FileExistsError:
        raise Failure(
            f"{project} is there already.", "Take another name, or another folder with --in."
        ) from None
    except OSError as error:
        raise Failure(f"{project} cannot be written: {(error.strerror or str(error)).lower()}.") from None
    return project


def _sources() -> str:
    """Where uv finds the kit when this command runs from a checkout; nothing when it was installed."""
    try:
        origin: dict[str, Any] = json.loads(distribution("agentia-kit").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return ""
    url = urlsplit(str(origin.get("url", "")))
    if url.scheme != "file":
        return ""
    path = json.dumps(unquote(url.path))
    return f"\n[tool.uv.sources]\nagentia-kit = {{ path = {path}, editable = true }}\n"
