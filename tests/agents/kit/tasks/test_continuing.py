"""Follow-ups, the end of a process, and what comes with a message: on the log that the reaper looks at."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from a2a.server.context import ServerCallContext
from a2a.types.a2a_pb2 import (
    SendMessageConfiguration,
    SendMessageRequest,
    TaskPushNotificationConfig,
)

from agentia_kit.tasks.reaper import Reaper
from agentia_kit.tasks.request import Kept
from agentia_kit.tasks.run import Run
from agentia_kit.tasks.runs import Runs
from agentia_testing.failing_log import FailingLog
from agentia_testing.scripted_agent import Scripted, user


@pytest.fixture
async def log(tmp_path: Path) -> AsyncGenerator[FailingLog]:
    async with FailingLog(tmp_path / "tasks.db") as log:
        yield log


async def begun(runs: Runs, text: str, *, webhook: str = "", **fields: str) -> Run:
    request = SendMessageRequest(message=user(text, **fields))
    if webhook:
        config = TaskPushNotificationConfig(url=webhook)
        request.configuration.CopyFrom(SendMessageConfiguration(task_push_notification_config=config))
    run = await runs.begin(Kept(request), "ann", ServerCallContext())
    assert isinstance(run, Run)
    return run


async def ended(run: Run) -> str:
    async with asyncio.timeout(10):
        await run.done.wait()
    return run.task.id


async def webhooks(log: FailingLog, task: str) -> list[str]:
    return [TaskPushNotificationConfig.FromString(payload).url for _, payload in await log.push_configs(task)]


async def test_the_reaper_leaves_a_follow_up_alone_that_is_just_about_to_start(log: FailingLog) -> None:
    scripted = Scripted()
    runs = Runs(log, scripted, "one")
    task = await ended(await begun(runs, "ask"))
    log.gate.clear()
    coming = asyncio.create_task(begun(runs, "work done", task_id=task))
    async with asyncio.timeout(10):
        await log.resumed.wait()
    await Reaper(runs, resumable=True).turn()
    log.gate.set()
    await ended(await coming)
    record = await log.load(task)
    assert record is not None
    assert (scripted.entered, record.attempt) == (2, 1)
    assert not runs.tasks


async def test_what_is_not_done_when_the_process_ends_is_nobodys_at_once(log: FailingLog) -> None:
    runs = Runs(log, Scripted(), "one")
    run = await begun(runs, "work hang")
    await run.spoken.wait()
    await runs.drain(0.05)
    assert await log.running(None) == [run.task.id]


async def test_a_webhook_that_comes_with_a_message_is_kept_with_the_task(log: FailingLog) -> None:
    runs = Runs(log, Scripted(), "one")
    task = await ended(await begun(runs, "ask", webhook="https://one.example/"))
    assert await webhooks(log, task) == ["https://one.example/"]
    await ended(await begun(runs, "done", webhook="https://two.example/", task_id=task))
    assert await webhooks(log, task) == ["https://two.example/"]
