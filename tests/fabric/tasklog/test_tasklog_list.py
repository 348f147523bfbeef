"""Lists: the owner's tasks, newest first, page by page."""

import pytest

from agentia_fabric.errors import CursorInvalid
from agentia_fabric.tasklog.port import TaskLog, TaskQuery
from agentia_testing.tasks import DONE, add, new, parked, started


async def names(log: TaskLog, query: TaskQuery) -> list[str]:
    return [record.task for record in (await log.list(query)).records]


async def test_the_task_that_was_updated_last_comes_first(log: TaskLog):
    lease = await started(log, "old")
    await started(log, "young")
    assert await names(log, TaskQuery("ann")) == ["young", "old"]
    await add(log, lease, 1, task="old")
    assert await names(log, TaskQuery("ann")) == ["old", "young"]


async def test_a_list_shows_whole_records(log: TaskLog):
    lease = await started(log)
    await add(log, lease, 1, snapshot=b"folded")
    assert list((await log.list(TaskQuery("ann"))).records) == [await log.load("task")]


async def test_a_list_holds_the_tasks_of_one_owner_only(log: TaskLog):
    await log.create(new("hers", owner="ann"))
    await log.create(new("his", owner="bob"))
    assert await names(log, TaskQuery("bob")) == ["his"]
    assert (await log.list(TaskQuery("eve"))).total == 0


async def test_filters_narrow_what_is_listed_and_counted(log: TaskLog):
    await log.create(new("a", context="left"))
    await log.create(new("b", context="right"))
    await log.create(new("c", context="right", standing=DONE))
    page = await log.list(TaskQuery("ann", context="right", state="completed"))
    assert [record.task for record in page.records] == ["c"]
    assert (page.total, page.cursor) == (1, None)


async def test_updated_since_includes_the_moment_itself(log: TaskLog):
    await started(log, "before")
    moment = (await log.create(new("at"))).record.updated
    await started(log, "after")
    assert await names(log, TaskQuery("ann", updated_since=moment)) == ["after", "at"]


async def test_pages_join_to_the_whole_list_and_each_tells_the_total(log: TaskLog):
    for number in range(25):
        await parked(log, f"task {number}")
    seen: list[str] = []
    after = None
    for size in (10, 10, 5):
        page = await log.list(TaskQuery("ann", limit=10, after=after))
        assert (len(page.records), page.total) == (size, 25)
        seen += [record.task for record in page.records]
        after = page.cursor
    assert after is None
    assert seen == [f"task {number}" for number in reversed(range(25))]


async def test_a_list_that_ends_with_a_full_page_has_no_cursor(log: TaskLog):
    await parked(log, "a")
    await parked(log, "b")
    assert (await log.list(TaskQuery("ann", limit=2))).cursor is None


async def test_tasks_that_are_written_between_two_pages_shift_nothing(log: TaskLog):
    leases = [await started(log, f"task {number}") for number in range(6)]
    first = await log.list(TaskQuery("ann", limit=3))
    await add(log, leases[4], 1, task="task 4")
    await started(log, "newcomer")
    rest = await log.list(TaskQuery("ann", limit=3, after=first.cursor))
    assert [record.task for record in rest.records] == ["task 2", "task 1", "task 0"]


async def test_tasks_of_one_moment_are_on_one_page_each(log: TaskLog, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("time.time", lambda: 1_760_000_000.25)
    for number in range(7):
        await parked(log, f"task {number}")
    seen: list[str] = []
    after = None
    while True:
        page = await log.list(TaskQuery("ann", limit=2, after=after))
        seen += [record.task for record in page.records]
        if (after := page.cursor) is None:
            break
    assert sorted(seen) == [f"task {number}" for number in range(7)]


@pytest.mark.parametrize("cursor", ["", "x", "!!!", "bm90IGpzb24", "W10", "WyJ4IiwgMV0", "ü", "1" * 500])
async def test_a_cursor_that_is_none_of_ours_is_refused(log: TaskLog, cursor: str):
    with pytest.raises(CursorInvalid):
        await log.list(TaskQuery("ann", after=cursor))
