"""The tools of `tables` over the files that a test has put into `folder`."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from agentia_tables.app import server
from agentia_testing.tool_client import ToolClient, tool_client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    served = tmp_path / "served"
    served.mkdir()
    return served


@pytest.fixture
async def tools(folder: Path, tmp_path: Path) -> AsyncGenerator[ToolClient]:
    async with tool_client(server("tables", folder, tmp_path / "data")) as client:
        yield client
