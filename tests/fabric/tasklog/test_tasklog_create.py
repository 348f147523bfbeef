"""Accepting tasks, once per message."""

import asyncio
import time

import pytest

from agentia_fabric.errors import TaskExists
from agentia_fabric.tasklog.port import Claim, Standing, TaskLog
from agentia_testing.tasks import ASKING, DONE, SUBMITTED, new, payloads, started

HELLO = Claim("ann", "message-1", "digest")


async def test_a_task_is_kept_as_it_was_given(log: TaskLog):
    before = time.time()
    accepted = await log.create(new(events=(b"one", b"two")))
    record = await log.load("task")
    assert accepted.record == record
    assert not accepted.existing
    assert record is not None
    assert (record.task, record.context, record.owner) == ("task", "context", "ann")
    assert (record.standing, record.version, record.request, record.snapshot) == (
        SUBMITTED,
        2,
        b"request",
        None,
    )
    assert before <= record.created == record.updated <= time.time()
    assert await payloads(log) == [b"one", b"two"]


async def test_the_first_event_has_version_1(log: TaskLog):
    await log.create(new(events=(b"one", b"two")))
    assert [entry.version for entry in await log.read("task")] == [1, 2]


async def test_a_task_may_begin_without_an_event(log: TaskLog):
    assert (await log.create(new(events=()))).record.version == 0
    assert await payloads(log) == []


async def test_the_runner_gets_the_first_lease(log: TaskLog):
    lease = await started(log, runner="one")
    assert (lease.task, lease.runner, lease.attempt) == ("task", "one", 1)


@pytest.mark.parametrize("standing", [ASKING, DONE])
async def test_a_task_that_begins_parked_or_final_is_under_no_lease(log: TaskLog, standing: Standing):
    assert (await log.create(new(standing=standing))).record.lease is None


async def test_an_id_that_is_taken_is_refused_and_the_first_task_stays(log: TaskLog):
    await log.create(new(owner="ann"))
    with pytest.raises(TaskExists):
        await log.create(new(owner="bob", events=(b"other",)))
    record = await log.load("task")
    assert record is not None
    assert record.owner == "ann"
    assert await payloads(log) == [b"submitted"]


async def test_the_same_claim_returns_the_first_task_and_changes_nothing(log: TaskLog):
    first = await log.create(new("first", claim=HELLO))
    second = await log.create(new("second", claim=HELLO, events=(b"again",)))
    assert second.existing
    assert second.record == first.record
    assert await log.load("second") is None


@pytest.mark.parametrize(
    "claim",
    [Claim("bob", "message-1", "digest"), Claim("ann", "2", "digest"), Claim("ann", "message-1", "else")],
)
async def test_another_caller_message_or_content_is_another_claim(log: TaskLog, claim: Claim):
    await log.create(new("first", claim=HELLO))
    assert not (await log.create(new("second", claim=claim))).existing


async def test_an_id_that_is_taken_is_refused_also_with_a_new_claim_which_stays_free(log: TaskLog):
    await log.create(new("task"))
    with pytest.raises(TaskExists):
        await log.create(new("task", claim=HELLO))
    assert await log.claimed(HELLO) is None


async def test_one_claim_that_comes_many_times_at_once_makes_one_task(log: TaskLog, other: TaskLog):
    answers = await asyncio.gather(
        *((log, other)[number % 2].create(new(f"task {number}", claim=HELLO)) for number in range(20))
    )
    assert sum(not answer.existing for answer in answers) == 1
    assert len({answer.record.task for answer in answers}) == 1


async def test_a_claim_leads_to_its_task(log: TaskLog):
    assert await log.claimed(HELLO) is None
    await log.create(new(claim=HELLO))
    assert await log.claimed(HELLO) == "task"


async def test_an_unknown_task_is_none_and_has_no_events(log: TaskLog):
    assert await log.load("nobody") is None
    assert await log.read("nobody") == ()
