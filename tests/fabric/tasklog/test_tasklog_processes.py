"""Real processes on one file: what one acknowledged, another has, also when the first was killed."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agentia_fabric.tasklog.sqlite import SqliteTaskLog
from agentia_testing import busy_writer
from agentia_testing.tasks import add, follow, payloads

FOR_EVER = 10**9


@contextmanager
def writing(file: Path, *, tasks: int, events: int) -> Generator[subprocess.Popen[str]]:
    script = Path(busy_writer.__file__)
    writer = subprocess.Popen(
        [sys.executable, str(script), str(file), str(tasks), str(events)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(script.parents[1])},
    )
    with writer:
        try:
            yield writer
        finally:
            writer.kill()


def acknowledged(file: Path, *, lines: int) -> dict[str, int]:
    """Let a process write, kill it in the middle, and tell what it had been promised."""
    with writing(file, tasks=8, events=FOR_EVER) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        said += writer.stdout.readlines()
    whole = [line.split() for line in said if line.endswith("\n")]
    return {task: int(version) for task, version in whole}


@pytest.mark.parametrize("lines", [1, 50, 1000])
async def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path, lines: int):
    promised = await asyncio.to_thread(acknowledged, tmp_path / "tasks.db", lines=lines)
    async with SqliteTaskLog(tmp_path / "tasks.db") as log:
        for task, version in promised.items():
            record = await log.load(task)
            assert record is not None
            assert record.version >= version
            entries = await payloads(log, task)
            assert entries == [b"submitted", *(b"%d" % number for number in range(1, record.version))]


async def test_after_kill_9_another_takes_the_tasks_over_and_goes_on(tmp_path: Path):
    await asyncio.to_thread(acknowledged, tmp_path / "tasks.db", lines=20)
    async with SqliteTaskLog(tmp_path / "tasks.db") as log:
        left = await log.running("one")
        assert len(left) == 8
        for task in left:
            lease = await log.take_over(task, from_runner="one", runner="two")
            record = await log.load(task)
            assert record is not None
            assert await add(log, lease, record.version, b"rescued", task=task) == record.version + 1


async def test_a_reader_follows_a_writer_in_another_process_without_a_gap(tmp_path: Path):
    async with SqliteTaskLog(tmp_path / "tasks.db") as log:
        with writing(tmp_path / "tasks.db", tasks=2, events=500):
            entries = await follow(log, "task-1", 500, page=50)
    assert [entry.version for entry in entries] == list(range(1, 501))
