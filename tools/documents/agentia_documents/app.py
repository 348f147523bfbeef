"""The service `documents`: an index over the served folder, three tools over the index."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from mcp_types import ToolAnnotations

from agentia_documents.index import Index
from agentia_documents.tools import DocumentTools
from agentia_fabric import samples
from agentia_fabric.hosting import Place, Service
from agentia_fabric.settings import MeshSettings
from agentia_fabric.toolserver.app import tool_service
from agentia_fabric.toolserver.folder import Folder
from agentia_fabric.toolserver.server import ToolServer

INSTRUCTIONS = (
    "Answers from the documents of one folder. Search first; quote a passage together with its path and "
    "lines; read on around it when the passage is not enough."
)


def service(place: Place) -> Service:
    """Serve the folder of the setting `files`, or the samples."""
    return tool_service(server(place.name, MeshSettings.read().files or samples.folder()))


def server(name: str, folder: Path) -> ToolServer:
    """The MCP server over one folder."""
    index = Index(Folder(folder))

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            index.close()

    built = ToolServer(
        name,
        instructions=INSTRUCTIONS,
        version=version("agentia-documents"),
        lifespan=lifespan,
        log_level="WARNING",
    )
    for tool in DocumentTools(index).all():
        built.add_tool(tool, annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))
    return built
