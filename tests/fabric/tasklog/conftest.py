"""The drivers that every test in this folder runs on, one after another."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from agentia_fabric.tasklog.port import TaskLog
from agentia_fabric.tasklog.sqlite import SqliteTaskLog

OpenLog = Callable[[], AbstractAsyncContextManager[TaskLog]]


@pytest.fixture(params=["sqlite"])
def open_log(request: pytest.FixtureRequest, tmp_path: Path) -> OpenLog:
    """Open the one store of this test once more, as another process would."""
    return lambda: SqliteTaskLog(tmp_path / "tasks.db")


@pytest.fixture
async def log(open_log: OpenLog) -> AsyncIterator[TaskLog]:
    async with open_log() as log:
        yield log


@pytest.fixture
async def other(open_log: OpenLog, log: TaskLog) -> AsyncIterator[TaskLog]:
    """What another process that shares the store sees and does."""
    async with open_log() as other:
        yield other
