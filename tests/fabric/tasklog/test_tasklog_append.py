"""Writing events: in order, each once, by whoever holds the lease."""

import asyncio

import pytest

from agentia_fabric.errors import LeaseLost, TaskUnknown, VersionConflict
from agentia_fabric.tasklog.port import Append, Snapshot, Standing, TaskLog
from agentia_testing.tasks import ASKING, DONE, WORKING, add, follow, parked, payloads, started


async def test_the_answer_is_the_number_of_the_last_event(log: TaskLog):
    lease = await started(log)
    assert await add(log, lease, 1, b"two", b"three") == 3
    assert await payloads(log) == [b"submitted", b"two", b"three"]


async def test_header_shows_the_last_append(log: TaskLog):
    lease = await started(log)
    await add(log, lease, 1, standing=WORKING)
    record = await log.load("task")
    assert record is not None
    assert (record.version, record.standing, record.lease) == (2, WORKING, lease)
    assert record.updated >= record.created


async def test_a_writer_that_is_late_is_told_where_the_task_is(log: TaskLog):
    lease = await started(log)
    await add(log, lease, 1, b"two", b"three")
    with pytest.raises(VersionConflict) as conflict:
        await add(log, lease, 1, b"late")
    assert conflict.value.at == 3
    assert b"late" not in await payloads(log)


async def test_of_two_writers_at_once_one_is_refused(log: TaskLog, other: TaskLog):
    lease = await started(log)
    outcomes = await asyncio.gather(
        add(log, lease, 1, b"mine"), add(other, lease, 1, b"theirs"), return_exceptions=True
    )
    assert sorted(str(type(outcome).__name__) for outcome in outcomes) == ["VersionConflict", "int"]
    assert len(await payloads(log)) == 2


async def test_a_refused_writer_takes_nobody_with_it(log: TaskLog):
    leases = [await started(log, f"task {number}") for number in range(20)]
    outcomes = await asyncio.gather(
        *(add(log, lease, number % 2, task=lease.task) for number, lease in enumerate(leases)),
        return_exceptions=True,
    )
    assert outcomes[1::2] == [2] * 10
    assert all(isinstance(outcome, VersionConflict) for outcome in outcomes[::2])


async def test_an_append_to_an_unknown_task_is_refused(log: TaskLog):
    with pytest.raises(TaskUnknown):
        await add(log, None, 0)


async def test_an_append_without_an_event_is_a_mistake_of_the_writer(log: TaskLog):
    lease = await started(log)
    with pytest.raises(ValueError, match="at least one event"):
        await log.append(Append("task", 1, (), WORKING, lease))


@pytest.mark.parametrize("standing", [ASKING, DONE])
async def test_a_task_that_parks_or_ends_is_under_no_lease(log: TaskLog, standing: Standing):
    lease = await started(log)
    await add(log, lease, 1, standing=standing)
    record = await log.load("task")
    assert record is not None
    assert record.lease is None
    with pytest.raises(LeaseLost):
        await add(log, lease, 2)


async def test_without_a_lease_a_running_task_cannot_be_written(log: TaskLog):
    await started(log)
    with pytest.raises(LeaseLost):
        await add(log, None, 1)


async def test_without_a_lease_a_parked_task_can_be_ended(log: TaskLog):
    await parked(log)
    assert await add(log, None, 1, b"canceled", standing=DONE) == 2


async def test_without_a_lease_the_version_still_counts(log: TaskLog):
    await parked(log)
    with pytest.raises(VersionConflict):
        await add(log, None, 0, standing=DONE)


async def test_nothing_is_ever_appended_to_a_final_task(log: TaskLog):
    lease = await started(log)
    await add(log, lease, 1, standing=DONE)
    for writer in (lease, None):
        with pytest.raises(LeaseLost):
            await add(log, writer, 2)
    assert len(await payloads(log)) == 2


async def test_a_snapshot_stands_for_all_events_up_to_its_append(log: TaskLog):
    lease = await started(log)
    await add(log, lease, 1, b"two", b"three", snapshot=b"folded")
    await add(log, lease, 3, b"four")
    record = await log.load("task")
    assert record is not None
    assert record.snapshot == Snapshot(3, b"folded")
    assert [entry.payload for entry in await log.read("task", after=3)] == [b"four"]


async def test_a_newer_snapshot_replaces_the_older(log: TaskLog):
    lease = await started(log)
    await add(log, lease, 1, snapshot=b"old")
    await add(log, lease, 2, snapshot=b"new")
    record = await log.load("task")
    assert record is not None
    assert record.snapshot == Snapshot(3, b"new")


async def test_a_page_has_at_most_the_events_asked_for_oldest_first(log: TaskLog):
    lease = await started(log)
    await add(log, lease, 1, *(str(number).encode() for number in range(2, 11)))
    page = await log.read("task", after=3, limit=4)
    assert [(entry.version, entry.payload) for entry in page] == [(4, b"4"), (5, b"5"), (6, b"6"), (7, b"7")]
    assert await log.read("task", after=10) == []


async def test_tasks_do_not_see_each_others_events(log: TaskLog):
    for task in ("left", "right"):
        lease = await started(log, task)
        await add(log, lease, 1, task.encode(), task=task)
    assert await payloads(log, "left") == [b"submitted", b"left"]


async def test_any_bytes_come_back_as_they_were(log: TaskLog):
    lease = await started(log)
    strange = [b"", b"\x00\xff" * 10, "grüße".encode(), b"x" * 1_000_000]
    await add(log, lease, 1, *strange)
    assert (await payloads(log))[1:] == strange


async def test_two_thousand_appends_to_one_task_are_all_there_in_order(log: TaskLog):
    lease = await started(log)
    for version in range(1, 2001):
        assert await add(log, lease, version, b"%d" % version) == version + 1
    entries = await follow(log, "task", 2001)
    assert [entry.payload for entry in entries[1:]] == [b"%d" % version for version in range(1, 2001)]


async def test_a_reader_ten_thousand_behind_catches_up_in_pages(log: TaskLog):
    lease = await started(log)
    await add(log, lease, 1, *(b"%d" % number for number in range(10_000)))
    entries = await follow(log, "task", 10_001, page=500)
    assert [entry.version for entry in entries] == list(range(1, 10_002))
