"""What is kept beside the events of a task: run states and push-notification configurations."""

from dataclasses import replace
from functools import partial

import pytest

from agentia_fabric.errors import TaskUnknown, VersionConflict
from agentia_fabric.tasklog.port import Claim, TaskLog
from agentia_testing.tasks import WORKING, new, parked, started


async def test_what_was_saved_is_there_for_every_process_and_the_same_key_is_replaced(
    log: TaskLog, other: TaskLog
):
    await started(log)
    await log.save("task", "run", b"old")
    await log.save("task", "run", b"new")
    await log.save("task", "checkpoint", b"\x00")
    assert await other.saved("task", "run") == b"new"
    assert await other.saved("task", "checkpoint") == b"\x00"


async def test_what_was_never_saved_is_none(log: TaskLog):
    await started(log)
    assert await log.saved("task", "run") is None
    assert await log.saved("nobody", "run") is None


async def test_nothing_is_saved_beside_an_unknown_task(log: TaskLog):
    with pytest.raises(TaskUnknown):
        await log.save("nobody", "run", b"")


async def test_saving_is_no_event(log: TaskLog):
    await started(log)
    await log.save("task", "run", b"state")
    record = await log.load("task")
    assert record is not None
    assert record.version == 1


async def test_push_configurations_keep_the_order_of_their_creation_also_when_one_is_replaced(log: TaskLog):
    await started(log)
    await log.put_push_config("task", "b", b"1")
    await log.put_push_config("task", "a", b"2")
    await log.put_push_config("task", "b", b"3")
    assert list(await log.push_configs("task")) == [("b", b"3"), ("a", b"2")]


async def test_push_configurations_belong_to_one_task(log: TaskLog):
    await started(log, "left")
    await started(log, "right")
    await log.put_push_config("left", "a", b"1")
    assert list(await log.push_configs("right")) == []
    await log.delete_push_config("right", "a")
    assert list(await log.push_configs("left")) == [("a", b"1")]


async def test_a_push_configuration_of_an_unknown_task_is_refused(log: TaskLog):
    with pytest.raises(TaskUnknown):
        await log.put_push_config("nobody", "a", b"")


async def test_forgetting_a_push_configuration_twice_is_no_error(log: TaskLog):
    await started(log)
    await log.put_push_config("task", "a", b"1")
    for _ in range(2):
        await log.delete_push_config("task", "a")
    assert list(await log.push_configs("task")) == []


async def test_push_configurations_are_accepted_with_their_task_or_not_at_all(log: TaskLog):
    claim = Claim("ann", "message", "digest")
    first = replace(new(claim=claim), push_configs=[("a", b"1"), ("b", b"2")])
    await log.create(first)
    assert (await log.create(replace(first, task="again", push_configs=[("c", b"3")]))).existing
    assert list(await log.push_configs("task")) == [("a", b"1"), ("b", b"2")]
    assert list(await log.push_configs("again")) == []


async def test_push_configurations_of_a_follow_up_are_kept_with_it_or_not_at_all(log: TaskLog):
    await parked(log)
    await log.put_push_config("task", "a", b"1")
    follow_up = partial(log.resume, "task", runner="one", request=b"", standing=WORKING)
    with pytest.raises(VersionConflict):
        await follow_up(expected=0, push_configs=[("z", b"9")])
    await follow_up(expected=1, push_configs=[("b", b"2"), ("a", b"3")])
    assert list(await log.push_configs("task")) == [("a", b"3"), ("b", b"2")]
