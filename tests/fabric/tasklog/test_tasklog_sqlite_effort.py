"""What a question costs does not grow with the tasks that it is not about."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from agentia_fabric.tasklog.port import TaskQuery
from agentia_fabric.tasklog.sqlite import SqliteTaskLog, listing, reads
from agentia_testing.tasks import DONE, new, started

TASKS = 3000


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """Many finished tasks of one owner, three to a context, and one that runs."""
    async with SqliteTaskLog(tmp_path / "tasks.db") as log:
        await asyncio.gather(
            *(
                log.create(new(f"task {number}", standing=DONE, context=f"context {number // 3}"))
                for number in range(TASKS)
            )
        )
        await started(log, "running")
    return tmp_path / "tasks.db"


def effort(file: Path, ask: Callable[[sqlite3.Connection], object]) -> int:
    """How many hundreds of SQLite's instructions it takes."""
    steps: list[None] = []
    connection = sqlite3.connect(file)
    try:
        connection.set_progress_handler(lambda: steps.append(None), 100)
        ask(connection)
    finally:
        connection.close()
    return len(steps)


async def test_the_tasks_of_a_context_are_found_without_a_look_at_the_owners_others(file: Path):
    assert effort(file, lambda own: listing.page(own, TaskQuery("ann", context="context 7"))) < 10


async def test_a_page_is_found_without_a_look_at_the_pages_before(file: Path):
    def third(own: sqlite3.Connection) -> None:
        second = listing.page(own, TaskQuery("ann", limit=10)).cursor
        listing.page(own, TaskQuery("ann", limit=10, after=second))

    counting = effort(file, lambda own: own.execute(f"{listing.TOTAL} WHERE owner = 'ann'").fetchone())
    assert effort(file, third) < 2 * counting + 30


async def test_the_reaper_looks_at_running_tasks_only(file: Path):
    assert effort(file, reads.runners) + effort(file, lambda own: reads.running(own, "one")) < 10
