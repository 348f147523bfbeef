"""The sample agents on the wire: tool servers over a folder made for the test, an agent, the SDK's client."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest

import agentia_documents.app
import agentia_tables.app
from agentia_fabric.hosting import ServiceFactory
from agentia_testing.asking import Asker
from agentia_testing.serving import serving

ServeSample = Callable[[ServiceFactory, str], AbstractAsyncContextManager[Asker]]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The folder that is served."""
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


@pytest.fixture
def serve_sample(tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch) -> ServeSample:
    """Serve an agent of ours with its tool servers and rules; yields a client for it."""
    monkeypatch.setenv("AGENTIA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("AGENTIA_FILES", str(files))
    for name in ("AGENTIA_SECRET", "AGENTIA_MODEL", "AGENTIA_REGISTRY"):
        monkeypatch.delenv(name, raising=False)

    @asynccontextmanager
    async def serve(factory: ServiceFactory, name: str) -> AsyncGenerator[Asker]:
        async with AsyncExitStack() as stack:
            tables = await stack.enter_async_context(serving(agentia_tables.app.service, name="tables"))
            documents = await stack.enter_async_context(
                serving(agentia_documents.app.service, name="documents")
            )
            monkeypatch.setenv("AGENTIA_TABLES", f"{tables.url}mcp")
            monkeypatch.setenv("AGENTIA_DOCUMENTS", f"{documents.url}mcp")
            place = await stack.enter_async_context(serving(factory, name=name))
            http = await stack.enter_async_context(httpx.AsyncClient(timeout=20))
            yield await Asker.at(place.url, http)

    return serve
