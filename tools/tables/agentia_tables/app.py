"""The service `tables`: a catalog of the served folder, an engine over the catalog, four tools over both."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from importlib.metadata import version
from pathlib import Path

from mcp_types import ToolAnnotations

from agentia_fabric import samples
from agentia_fabric.hosting import Place, Service
from agentia_fabric.settings import MeshSettings
from agentia_fabric.toolserver.app import tool_service
from agentia_fabric.toolserver.errors import ToolFault
from agentia_fabric.toolserver.folder import Folder
from agentia_fabric.toolserver.server import ToolServer
from agentia_tables.catalog import Catalog
from agentia_tables.preparing import Preparing
from agentia_tables.tools import TableTools

INSTRUCTIONS = (
    "Answers from the tables of one folder: files of CSV, TSV, JSON, Parquet and SQLite. See which tables "
    "there are, describe the one you need, then ask by SELECT. Nothing can be written."
)


def service(place: Place) -> Service:
    """Serve the folder of the setting `files`, or the samples; copies lie in the data directory."""
    settings = MeshSettings.read()
    return tool_service(server(place.name, settings.files or samples.folder(), settings.data / "tables"))


def server(name: str, folder: Path, data: Path) -> ToolServer:
    """The MCP server over one folder; `data` is where copies of its tables lie, apart for each folder."""
    served = Folder(folder)
    cache = data / hashlib.sha256(str(served.root).encode()).hexdigest()[:16]
    catalog = Catalog(served, Preparing(cache))

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncGenerator[None]:
        threading.Thread(target=_read_ahead, args=(catalog,), name="read ahead", daemon=True).start()
        yield

    built = ToolServer(
        name,
        instructions=INSTRUCTIONS,
        version=version("agentia-tables"),
        lifespan=lifespan,
        log_level="WARNING",
    )
    for tool in TableTools(catalog).all():
        built.add_tool(tool, annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))
    return built


def _read_ahead(catalog: Catalog) -> None:
    """Spare the first question most of the reading; what goes wrong here is told to who asks."""
    with suppress(ToolFault):
        catalog.survey()
