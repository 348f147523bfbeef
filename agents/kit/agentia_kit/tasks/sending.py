"""Sending a message: blocking, returning at once, or as a stream (A2A 1.0 §3.1.1, §3.1.2)."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from a2a.server.context import ServerCallContext
from a2a.types.a2a_pb2 import Message, SendMessageRequest, Task
from a2a.utils.errors import TaskNotFoundError

from agentia_fabric.tasklog.port import Phase, TaskLog, TaskRecord
from agentia_kit.tasks.owners import owner, passport
from agentia_kit.tasks.request import Kept
from agentia_kit.tasks.run import End, Run
from agentia_kit.tasks.runs import Runs
from agentia_kit.tasks.stream import Told, follow
from agentia_kit.tasks.view import task_at

_PATIENCE = 1.0
"""Seconds between two looks at a task that runs in another process, when nothing wakes us."""


async def begin(runs: Runs, request: SendMessageRequest, call: ServerCallContext) -> Run | str:
    """Start executing the message, or find the task that it started before. Raises ``A2AError``."""
    kept = Kept(request, passport(call), call.tenant, tuple(call.requested_extensions))
    return await runs.begin(kept, owner(call), call)


async def answer(runs: Runs, begun: Run | str, *, at_once: bool) -> Task | Message:
    """The message that is the answer, or the task: as soon as it exists, or once it waits or is final.

    Raises:
        A2AError: the execution failed before there was a task.
    """
    if isinstance(begun, str):
        return await _settled(runs.log, begun, at_once=at_once)
    await (begun.spoken if at_once else begun.paused).wait()
    if begun.message is not None:
        return begun.message
    if begun.error is not None:
        raise begun.error
    if begun.end in (End.LOST, End.LEFT):
        return await _settled(runs.log, begun.known_as or begun.task.id, at_once=at_once)
    task = Task()
    task.CopyFrom(begun.task)
    return task


async def told(runs: Runs, begun: Run | str) -> AsyncGenerator[Told | Message]:
    """What a stream shows: one message, or the task and its updates until it waits or is final.

    Raises:
        A2AError: the execution failed before there was a task.
    """
    if isinstance(begun, Run):
        await begun.spoken.wait()
        if begun.message is not None:
            yield begun.message
            return
        if begun.error is not None:
            raise begun.error
        source = _of_task(runs.log, begun.known_as) if begun.known_as else _of_run(runs.log, begun)
    else:
        source = _of_task(runs.log, begun)
    async with aclosing(source):
        async for item in source:
            yield item


async def _of_run(log: TaskLog, run: Run) -> AsyncGenerator[Told]:
    """All that a run says, from its start."""
    task = run.task.id
    async with log.watch(task) as wakeup:
        if run.opened_at:
            yield Told(run.opened_at, run.opening)
        async with aclosing(follow(log, task, run.opened_at, wakeup)) as events:
            async for item in events:
                yield item


async def _of_task(log: TaskLog, task: str) -> AsyncGenerator[Told]:
    """The task as it is, and what is said from now on."""
    async with log.watch(task) as wakeup:
        record = await _load(log, task)
        yield Told(record.version, await task_at(log, record))
        if record.standing.phase is Phase.RUNNING:
            async with aclosing(follow(log, task, record.version, wakeup)) as events:
                async for item in events:
                    yield item


async def _settled(log: TaskLog, task: str, *, at_once: bool) -> Task:
    async with log.watch(task) as wakeup:
        while True:
            record = await _load(log, task)
            if at_once or record.standing.phase is not Phase.RUNNING:
                return await task_at(log, record)
            await wakeup.wait(_PATIENCE)


async def _load(log: TaskLog, task: str) -> TaskRecord:
    record = await log.load(task)
    if record is None:
        raise TaskNotFoundError(f"There is no task {task}")
    return record
