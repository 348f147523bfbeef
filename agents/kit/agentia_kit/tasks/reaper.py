"""Says that this process lives, finds tasks whose process does not, and takes them over.

Expiry is observed: a runner whose beat stands still for :data:`PATIENCE` by our own monotonic clock is dead.
"""

from __future__ import annotations

import asyncio
from time import monotonic

import structlog
from a2a.types.a2a_pb2 import TaskState

from agentia_fabric.errors import LeaseLost, TaskUnknown
from agentia_fabric.tasklog.port import Lease, TaskRecord
from agentia_kit.reasons import one_line
from agentia_kit.tasks import wording
from agentia_kit.tasks.fold import is_final
from agentia_kit.tasks.journal import Journal
from agentia_kit.tasks.run import End
from agentia_kit.tasks.runs import Runs
from agentia_kit.tasks.view import task_at

BEAT = 2.0
"""Seconds between two signs of life."""
PATIENCE = 6.0
"""Seconds without a sign of life after which a runner's tasks are taken over."""
ATTEMPTS = 3
"""Executions of one message; a task that killed its process so often is failed, not passed on."""

_log = structlog.get_logger(__name__)


class Reaper:
    """Runs beside the requests: beat, look, take over."""

    def __init__(
        self, runs: Runs, *, resumable: bool, beat: float = BEAT, patience: float = PATIENCE
    ) -> None:
        self._runs = runs
        self._resumable = resumable
        self._beat = beat
        self._patience = patience
        self._seen: dict[str, tuple[int, float]] = {}

    async def live(self) -> None:
        """Until cancelled. A log that fails for a while is no reason to stop."""
        while True:
            try:
                await self.turn()
            except Exception as error:  # noqa: BLE001 - without a sign of life all tasks would be taken from us
                _log.warning("the task log could not be looked after", reason=one_line(error))
            await asyncio.sleep(self._beat)

    async def turn(self) -> None:
        """One beat and one look around."""
        log, runner = self._runs.log, self._runs.runner
        await log.beat(runner)
        await self._let_go()
        for other in await self._dead():
            for task in await log.running(other):
                if task not in self._runs.tasks:
                    await self._take(task, other)

    async def _let_go(self) -> None:
        """Stop what another process has taken from us."""
        held = await self._runs.log.running(self._runs.runner)
        for task in self._runs.tasks - set(held):
            run = self._runs.at(task)
            if run is None or run.end is not None or run.journal.lease is None or is_final(run.task):
                continue
            record = await self._runs.log.load(task)
            if record is not None and record.lease != run.journal.lease:
                await run.stop(End.LOST)

    async def _dead(self) -> list[str | None]:
        """Whose tasks need somebody: nobody's, our own that we do not run, those of the silent."""
        now = monotonic()
        runners = {other.runner: other.beat for other in await self._runs.log.runners()}
        runners.pop(self._runs.runner, None)
        self._seen = {
            runner: seen if (seen := self._seen.get(runner)) and seen[0] == beat else (beat, now)
            for runner, beat in runners.items()
        }
        silent = [runner for runner, (_, since) in self._seen.items() if now - since >= self._patience]
        return [None, self._runs.runner, *silent]

    async def _take(self, task: str, from_runner: str | None) -> None:
        if self._runs.full:
            return
        log, runner = self._runs.log, self._runs.runner
        try:
            lease = await log.take_over(task, from_runner=from_runner, runner=runner)
            record = await log.load(task)
            if record is None:
                return
            if reason := self._hopeless(lease):
                await self._give_up(record, lease, reason)
            else:
                await self._runs.resume(record, lease)
        except (LeaseLost, TaskUnknown):
            return
        _log.info("took a task over", task=task, attempt=lease.attempt, from_runner=from_runner)

    def _hopeless(self, lease: Lease) -> str:
        if not self._resumable:
            return "The agent stopped while it was at work on this task, and it does not start a task twice"
        if lease.attempt > ATTEMPTS:
            return f"The agent stopped {ATTEMPTS} times while it was at work on this task"
        return ""

    async def _give_up(self, record: TaskRecord, lease: Lease, reason: str) -> None:
        task = await task_at(self._runs.log, record)
        journal = Journal(self._runs.log, task, version=record.version, lease=lease)
        events = [wording.status(task, TaskState.TASK_STATE_FAILED, reason)]
        await journal.write(events, at_work=False)
        if self._runs.announce is not None:
            await self._runs.announce(task, events)
