"""The environment of the children: ours, and where everything is."""

from __future__ import annotations

import os
from collections.abc import Mapping

from agentia_fabric.secret import read_or_create
from agentia_gateway.supervisor.options import MeshOptions

FETCH_ALLOW = "AGENTIA_FETCH_ALLOW"


def environment(options: MeshOptions, urls: Mapping[str, str]) -> dict[str, str]:
    """What every child gets; creates the mesh's secret when there is none. Raises ``OSError``."""
    inherited = {**os.environ, **options.environment}
    allowed = (inherited.get(FETCH_ALLOW), "loopback")
    own = {
        "AGENTIA_DATA": str(options.data),
        "AGENTIA_SECRET": inherited.get("AGENTIA_SECRET") or read_or_create(options.data / "secret"),
        FETCH_ALLOW: ",".join(filter(None, allowed)),
        # glibc gives each thread an arena of its own, most of which stays empty and yet resident.
        "MALLOC_ARENA_MAX": inherited.get("MALLOC_ARENA_MAX", "2"),
    }
    for name, suffix in (("gateway", ""), ("registry", ""), ("documents", "mcp"), ("tables", "mcp")):
        if name in urls:
            own[f"AGENTIA_{name.upper()}"] = urls[name] + suffix
    if options.files is not None:
        own["AGENTIA_FILES"] = str(options.files.resolve())
    return {**inherited, **own}
