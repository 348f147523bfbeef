"""Tasks for tests of the task log, told by what the test is about only."""

from collections.abc import Sequence

from agentia_fabric.tasklog.port import (
    Accepted,
    Append,
    Claim,
    Entry,
    Lease,
    NewTask,
    Phase,
    Standing,
    TaskLog,
)

SUBMITTED = Standing("submitted", Phase.RUNNING)
WORKING = Standing("working", Phase.RUNNING)
ASKING = Standing("input-required", Phase.PARKED)
DONE = Standing("completed", Phase.FINAL)


def new(
    task: str = "task",
    *,
    events: Sequence[bytes] = (b"submitted",),
    standing: Standing = SUBMITTED,
    runner: str | None = "one",
    claim: Claim | None = None,
    owner: str = "ann",
    context: str = "context",
) -> NewTask:
    return NewTask(task, context, owner, standing, b"request", runner, claim, events)


async def started(log: TaskLog, task: str = "task", *, runner: str = "one") -> Lease:
    """A task at version 1 that the runner works on."""
    return held(await log.create(new(task, runner=runner)))


async def parked(log: TaskLog, task: str = "task", *, owner: str = "ann") -> None:
    """A task at version 1 that waits for its caller."""
    await log.create(new(task, standing=ASKING, owner=owner))


def held(accepted: Accepted) -> Lease:
    lease = accepted.record.lease
    assert lease is not None
    return lease


async def add(
    log: TaskLog,
    lease: Lease | None,
    expected: int,
    *events: bytes,
    standing: Standing = WORKING,
    task: str = "task",
    snapshot: bytes | None = None,
) -> int:
    return await log.append(Append(task, expected, events or (b"event",), standing, lease, snapshot))


async def payloads(log: TaskLog, task: str = "task") -> list[bytes]:
    return [entry.payload for entry in await log.read(task)]


async def follow(log: TaskLog, task: str, until: int, *, page: int = 500) -> list[Entry]:
    """Read as every reader should: watch, read, wait; at most ten seconds without an event."""
    entries: list[Entry] = []
    async with log.watch(task) as wakeup:
        while len(entries) < until:
            new = await log.read(task, after=len(entries), limit=page)
            entries += new
            assert new or await wakeup.wait(10), f"nothing new after {len(entries)} events"
    return entries
