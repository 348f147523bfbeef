"""Who may work on a task: resuming, taking over, signs of life."""

import asyncio

import pytest

from agentia_fabric.errors import LeaseLost, MessageKnown, TaskUnknown, VersionConflict
from agentia_fabric.tasklog.port import Claim, Lease, Runner, Standing, TaskLog, TaskRecord
from agentia_testing.tasks import ASKING, DONE, WORKING, add, new, parked, payloads, started

FOLLOW_UP = Claim("ann", "message-2", "digest")


async def resume(
    log: TaskLog, *, task: str = "task", expected: int = 1, runner: str = "one", claim: Claim | None = None
) -> Lease:
    return await log.resume(
        task,
        expected=expected,
        runner=runner,
        request=b"follow-up",
        standing=WORKING,
        events=(b"resumed",),
        claim=claim,
    )


async def loaded(log: TaskLog, task: str = "task") -> TaskRecord:
    record = await log.load(task)
    assert record is not None
    return record


async def test_a_parked_task_is_put_to_work_again_with_the_new_message(log: TaskLog):
    await parked(log)
    lease = await resume(log, runner="two")
    record = await loaded(log)
    assert (record.lease, record.request, record.standing, record.version) == (
        lease,
        b"follow-up",
        WORKING,
        2,
    )
    assert await payloads(log) == [b"submitted", b"resumed"]
    assert await add(log, lease, 2) == 3


async def test_a_resumed_task_starts_at_attempt_1_anew_under_a_lease_never_seen_before(log: TaskLog):
    first = await started(log)
    second = await log.take_over("task", from_runner="one", runner="two")
    await add(log, second, 1, standing=ASKING)
    third = await resume(log, expected=2, runner="one")
    assert (second.attempt, third.attempt) == (2, 1)
    assert third.term > second.term > first.term
    with pytest.raises(LeaseLost):
        await add(log, first, 3)


async def test_only_a_parked_task_can_be_resumed(log: TaskLog):
    lease = await started(log)
    for expected in (1, 2):
        with pytest.raises(VersionConflict) as conflict:
            await resume(log, expected=expected)
        assert conflict.value.at == expected
        if expected == 1:
            await add(log, lease, 1, standing=DONE)


async def test_a_follow_up_to_an_older_version_is_refused(log: TaskLog):
    await parked(log)
    with pytest.raises(VersionConflict):
        await resume(log, expected=0)


async def test_a_follow_up_to_an_unknown_task_is_refused(log: TaskLog):
    with pytest.raises(TaskUnknown):
        await resume(log)


async def test_of_two_follow_ups_at_once_one_is_refused(log: TaskLog, other: TaskLog):
    await parked(log)
    outcomes = await asyncio.gather(resume(log), resume(other, runner="two"), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Lease", "VersionConflict"]


async def test_a_follow_up_that_was_sent_before_names_its_task_and_changes_nothing(log: TaskLog):
    await parked(log)
    lease = await resume(log, claim=FOLLOW_UP)
    await add(log, lease, 2, standing=ASKING)
    with pytest.raises(MessageKnown) as known:
        await resume(log, expected=3, claim=FOLLOW_UP)
    assert known.value.task == "task"
    assert (await loaded(log)).version == 3
    assert await log.claimed(FOLLOW_UP) == "task"


async def test_a_message_that_started_one_task_is_no_follow_up_of_another(log: TaskLog):
    await log.create(new("first", claim=FOLLOW_UP))
    await parked(log)
    with pytest.raises(MessageKnown) as known:
        await resume(log, claim=FOLLOW_UP)
    assert known.value.task == "first"


async def test_the_claim_of_a_refused_follow_up_stays_free(log: TaskLog):
    await parked(log)
    with pytest.raises(VersionConflict):
        await resume(log, expected=0, claim=FOLLOW_UP)
    assert await log.claimed(FOLLOW_UP) is None


async def test_one_follow_up_that_comes_many_times_at_once_runs_once(log: TaskLog, other: TaskLog):
    await parked(log)
    outcomes = await asyncio.gather(
        *(
            (log, other)[number % 2].resume(
                "task", expected=1, runner="one", request=b"", standing=WORKING, claim=FOLLOW_UP
            )
            for number in range(10)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, Lease) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, MessageKnown) for outcome in outcomes) == 9


async def test_a_task_that_is_taken_over_is_the_takers_alone(log: TaskLog):
    old = await started(log, runner="one")
    lease = await log.take_over("task", from_runner="one", runner="two")
    assert (lease.runner, lease.attempt) == ("two", 2)
    with pytest.raises(LeaseLost):
        await add(log, old, 1, b"zombie")
    assert await add(log, lease, 1, b"alive") == 2
    assert await payloads(log) == [b"submitted", b"alive"]


async def test_a_lost_lease_is_told_before_a_conflict(log: TaskLog):
    old = await started(log, runner="one")
    await log.take_over("task", from_runner="one", runner="two")
    with pytest.raises(LeaseLost):
        await add(log, old, 7)


async def test_a_runner_that_takes_its_own_task_over_fences_its_former_self(log: TaskLog):
    old = await started(log, runner="one")
    await log.take_over("task", from_runner="one", runner="one")
    with pytest.raises(LeaseLost):
        await add(log, old, 1)


async def test_of_two_takers_one_is_refused(log: TaskLog, other: TaskLog):
    await started(log, runner="dead")
    outcomes = await asyncio.gather(
        log.take_over("task", from_runner="dead", runner="two"),
        other.take_over("task", from_runner="dead", runner="three"),
        return_exceptions=True,
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Lease", "LeaseLost"]


async def test_a_running_task_that_nobody_holds_can_be_taken(log: TaskLog):
    await log.create(new(runner=None))
    lease = await log.take_over("task", from_runner=None, runner="two")
    assert await add(log, lease, 1) == 2


@pytest.mark.parametrize("standing", [ASKING, DONE])
async def test_a_task_that_is_not_running_cannot_be_taken(log: TaskLog, standing: Standing):
    await log.create(new(standing=standing))
    for holder in ("one", None):
        with pytest.raises(LeaseLost):
            await log.take_over("task", from_runner=holder, runner="two")


async def test_an_unknown_task_cannot_be_taken(log: TaskLog):
    with pytest.raises(TaskUnknown):
        await log.take_over("task", from_runner=None, runner="two")


async def test_a_beat_grows_with_every_sign_of_life(log: TaskLog, other: TaskLog):
    await started(log, runner="one")
    assert await log.runners() == [Runner("one", 0)]
    await log.beat("one")
    await other.beat("one")
    assert await log.runners() == [Runner("one", 2)]


async def test_only_runners_that_hold_a_lease_are_told(log: TaskLog):
    await log.beat("idle")
    await log.create(new("orphan", runner=None))
    lease = await started(log, runner="one")
    assert [each.runner for each in await log.runners()] == ["one"]
    await add(log, lease, 1, standing=ASKING)
    assert await log.runners() == []


async def test_a_runner_finds_its_running_tasks_oldest_first(log: TaskLog):
    for task in ("b", "a", "c"):
        await started(log, task, runner="one")
    await started(log, "foreign", runner="two")
    await parked(log, "parked")
    assert await log.running("one") == ["b", "a", "c"]


async def test_running_tasks_that_nobody_holds_are_found(log: TaskLog):
    await log.create(new("orphan", runner=None))
    await started(log)
    assert await log.running(None) == ["orphan"]


async def test_what_a_runner_releases_nobody_holds_and_anybody_may_take_at_once(log: TaskLog):
    old = await started(log, runner="one")
    await started(log, "other", runner="two")
    await parked(log, "parked")
    await log.release("one")
    assert await log.running(None) == ["task"]
    assert [each.runner for each in await log.runners()] == ["two"]
    with pytest.raises(LeaseLost):
        await add(log, old, 1, b"late")
    lease = await log.take_over("task", from_runner=None, runner="two")
    assert (lease.attempt, await add(log, lease, 1)) == (2, 2)


async def test_a_runner_without_tasks_releases_nothing(log: TaskLog):
    lease = await started(log, runner="one")
    await log.release("idle")
    assert await add(log, lease, 1) == 2
