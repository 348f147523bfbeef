"""Readers miss nothing, wherever the writer is."""

import asyncio
import time

import pytest

from agentia_fabric.tasklog.port import TaskLog
from agentia_testing.tasks import WORKING, add, follow, new, parked, started


async def test_an_append_wakes_who_watches(log: TaskLog):
    lease = await started(log)
    async with log.watch("task") as wakeup:
        waiting = asyncio.ensure_future(wakeup.wait(10))
        await add(log, lease, 1)
        assert await waiting


async def test_a_wait_ends_when_its_time_is_over(log: TaskLog):
    await started(log)
    async with log.watch("task") as wakeup:
        while await wakeup.wait(0.2):
            pass
        assert not await wakeup.wait(0.01)


async def test_what_was_appended_before_the_wait_wakes_at_once(log: TaskLog):
    lease = await started(log)
    async with log.watch("task") as wakeup:
        await add(log, lease, 1)
        assert await wakeup.wait(0.01)


async def test_a_task_may_be_watched_before_it_exists(log: TaskLog, other: TaskLog):
    async with log.watch("task") as wakeup:
        waiting = asyncio.ensure_future(wakeup.wait(10))
        await other.create(new())
        assert await waiting


async def test_a_follow_up_wakes_too(log: TaskLog):
    await parked(log)
    async with log.watch("task") as wakeup:
        await log.resume("task", expected=1, runner="one", request=b"", standing=WORKING, events=(b"event",))
        assert await wakeup.wait(0.01)


async def test_any_number_may_watch_and_one_that_leaves_takes_nobody_with_it(log: TaskLog):
    lease = await started(log)
    async with log.watch("task") as stays:
        async with log.watch("task"):
            pass
        await add(log, lease, 1)
        assert await stays.wait(0.01)


async def test_an_append_by_another_process_wakes_within_a_second(log: TaskLog, other: TaskLog):
    lease = await started(log)
    async with log.watch("task") as wakeup:
        while await wakeup.wait(0.2):
            pass
        began = time.monotonic()
        await add(other, lease, 1)
        assert await wakeup.wait(10)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("readers", [1, 20])
async def test_a_reader_beside_a_writer_sees_every_event_once_in_order(log: TaskLog, readers: int):
    await _write_and_follow(log, log, readers)


@pytest.mark.parametrize("readers", [1, 20])
async def test_a_reader_in_another_process_sees_every_event_once_in_order(
    log: TaskLog, other: TaskLog, readers: int
):
    await _write_and_follow(log, other, readers)


async def _write_and_follow(writer: TaskLog, reader: TaskLog, readers: int) -> None:
    following = [asyncio.ensure_future(follow(reader, "task", 301, page=7)) for _ in range(readers)]
    lease = await started(writer)
    for version in range(1, 301):
        await add(writer, lease, version, b"%d" % version)
    for entries in await asyncio.gather(*following):
        assert [entry.version for entry in entries] == list(range(1, 302))


async def test_nothing_is_polled_when_nobody_watches(log: TaskLog):
    async with log.watch("task"):
        pass
    running = [task for task in asyncio.all_tasks() if not task.cancelling()]
    assert not [task for task in running if "poll" in repr(task)]
