"""One execution on a log that fails or hangs for a moment: what is shown is what the log holds."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.context import ServerCallContext
from a2a.server.events import EventQueue
from a2a.server.tasks import TaskUpdater
from a2a.types.a2a_pb2 import Part, SendMessageRequest, StreamResponse, Task, TaskState

from agentia_fabric.errors import StoreBusy
from agentia_fabric.tasklog.port import Phase
from agentia_kit.tasks.fold import fold_all
from agentia_kit.tasks.request import Kept
from agentia_kit.tasks.run import BACKLOG, End, Run
from agentia_kit.tasks.runs import Runs
from agentia_kit.tasks.view import task_at
from agentia_testing.failing_log import FailingLog
from agentia_testing.scripted_agent import user

Script = Callable[[TaskUpdater], Awaitable[None]]


class Scene(AgentExecutor):
    """An executor that plays one function."""

    def __init__(self, play: Script) -> None:
        self._play = play

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        await self._play(TaskUpdater(event_queue, context.task_id or "", context.context_id or ""))

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        raise NotImplementedError


@pytest.fixture
async def log(tmp_path: Path) -> AsyncGenerator[FailingLog]:
    async with FailingLog(tmp_path / "tasks.db") as log:
        yield log


async def begun(runs: Runs) -> Run:
    run = await runs.begin(Kept(SendMessageRequest(message=user("go"))), "ann", ServerCallContext())
    assert isinstance(run, Run)
    return run


async def ended(run: Run) -> End | None:
    async with asyncio.timeout(10):
        await run.done.wait()
    return run.end


async def both(log: FailingLog, task: str) -> tuple[Task, Task]:
    """The task as its header and snapshot say, and as all of its events do."""
    record = await log.load(task)
    assert record is not None
    entries = await log.read(task)
    return await task_at(log, record), fold_all(Task(), [entry.payload for entry in entries])


async def test_a_write_that_fails_once_leaves_no_trace_in_the_task(log: FailingLog) -> None:
    async def play(task: TaskUpdater) -> None:
        await task.add_artifact([Part(text="first")], "out")
        await asyncio.sleep(0.05)
        log.fail_appends = 1
        for number in range(BACKLOG + 6):
            with contextlib.suppress(StoreBusy):
                await task.add_artifact([Part(text=str(number))], "out", append=True)
        await task.complete()

    run = await begun(Runs(log, Scene(play), "one"))
    await ended(run)
    shown, told = await both(log, run.task.id)
    assert shown == told == run.task
    assert [part.text for part in told.artifacts[0].parts] == ["first", *map(str, range(BACKLOG + 6))]


async def test_a_failed_look_for_push_configurations_does_not_end_the_run(log: FailingLog) -> None:
    async def announce(task: Task, *_: object) -> None:
        await log.push_configs(task.id)

    async def play(task: TaskUpdater) -> None:
        await task.start_work()
        await asyncio.sleep(0.05)
        await task.complete()

    log.fail_lookups = 1
    run = await begun(Runs(log, Scene(play), "one", announce=announce))
    assert await ended(run) is End.SETTLED
    assert run.task.status.state == TaskState.TASK_STATE_COMPLETED


async def test_an_executor_that_asks_and_returns_at_once_ends_settled(log: FailingLog) -> None:
    async def play(task: TaskUpdater) -> None:
        await task.start_work()
        await asyncio.sleep(0.05)
        await task.requires_input()

    run = await begun(Runs(log, Scene(play), "one"))
    assert await ended(run) is End.SETTLED
    record = await log.load(run.task.id)
    assert record is not None
    assert (record.standing.phase, record.lease) == (Phase.PARKED, None)


async def test_input_required_is_told_once_although_the_executor_went_on_after_asking(
    log: FailingLog,
) -> None:
    told: list[StreamResponse] = []

    async def announce(task: Task, events: Sequence[StreamResponse], *_: object) -> None:
        told.extend(events)

    async def play(task: TaskUpdater) -> None:
        await task.requires_input()
        await asyncio.sleep(0.05)

    run = await begun(Runs(log, Scene(play), "one", announce=announce))
    assert await ended(run) is End.SETTLED
    record = await log.load(run.task.id)
    assert record is not None
    assert record.standing.phase is Phase.PARKED
    states = [event.status_update.status.state for event in told if event.HasField("status_update")]
    assert states == [TaskState.TASK_STATE_INPUT_REQUIRED]


async def test_an_executors_own_time_out_in_the_middle_of_a_write_loses_nothing(log: FailingLog) -> None:
    async def play(task: TaskUpdater) -> None:
        await task.start_work()
        await asyncio.sleep(0.01)
        log.gate.clear()
        for number in range(BACKLOG - 1):
            await task.add_artifact([Part(text=str(number))], "out", append=number > 0)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await task.add_artifact([Part(text="last")], "out", append=True)
        log.gate.set()
        await task.complete()

    run = await begun(Runs(log, Scene(play), "one"))
    assert await ended(run) is End.SETTLED
    shown, told = await both(log, run.task.id)
    assert shown == told == run.task
    assert (len(told.artifacts[0].parts), told.status.state) == (BACKLOG, TaskState.TASK_STATE_COMPLETED)
