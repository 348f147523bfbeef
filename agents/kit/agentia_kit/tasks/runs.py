"""The executions of this process: a bounded number, each found by its task."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Generator, Set
from dataclasses import replace
from uuid import uuid4

import structlog
from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.context import ServerCallContext
from a2a.types.a2a_pb2 import Message, StreamResponse, Task, TaskState
from a2a.utils.errors import (
    InternalError,
    InvalidParamsError,
    TaskNotFoundError,
    UnsupportedOperationError,
)

from agentia_fabric.errors import MessageKnown, StoreError, VersionConflict
from agentia_fabric.tasklog.port import Claim, Lease, NewTask, Phase, TaskLog, TaskRecord
from agentia_kit.tasks import wording
from agentia_kit.tasks.beside import Beside, put
from agentia_kit.tasks.fold import fold, standing
from agentia_kit.tasks.journal import Journal
from agentia_kit.tasks.owners import PASSPORT
from agentia_kit.tasks.push import inline
from agentia_kit.tasks.request import Kept, digest
from agentia_kit.tasks.run import Announce, End, Run
from agentia_kit.tasks.view import task_at

LIMIT = 256
"""Executions at the same time; parked tasks do not count."""

_log = structlog.get_logger(__name__)

_TURN_PATIENCE = 5.0
"""Seconds that a follow-up waits for the execution before it to end."""


class Runs:
    """Starts executions and knows those that go on."""

    def __init__(
        self,
        log: TaskLog,
        executor: AgentExecutor,
        runner: str,
        *,
        limit: int = LIMIT,
        announce: Announce | None = None,
        idempotent: bool = True,
    ) -> None:
        self.log = log
        self.executor = executor
        self.runner = runner
        self._limit = limit
        self._idempotent = idempotent
        self.announce = announce
        self._runs: dict[str, Run] = {}
        self._claims: dict[Claim, str] = {}
        self._coming: Counter[str] = Counter()
        self.closing = False
        """Whether the process is about to end: who waits for what may take days goes home."""

    def at(self, task: str) -> Run | None:
        """The execution of a task in this process, if there is one."""
        return self._runs.get(task)

    @property
    def tasks(self) -> Set[str]:
        """The ids of the tasks at work here, and of those about to be accepted or continued."""
        return self._runs.keys() | self._coming.keys()

    def close(self) -> None:
        """Take nothing new: the process is about to end."""
        self.closing = True

    @property
    def full(self) -> bool:
        """Whether another execution would be one too many."""
        return self.closing or len(self._runs) >= self._limit

    async def begin(self, kept: Kept, owner: str, call: ServerCallContext) -> Run | str:
        """Start executing a message; or the id of the task that it started when it came before.

        Raises:
            A2AError: the message names a task that cannot take it, or there is no room.
        """
        message = kept.request.message
        claim = Claim(owner, message.message_id, digest(message)) if self._idempotent else None
        if claim is not None and (known := await self.log.claimed(claim) or self._claims.get(claim)):
            return self.at(known) or known
        if self.full:
            raise InternalError("The agent is at work on as many tasks as it can; try again later")
        if message.task_id:
            return await self._continue(kept, owner, claim, call)
        return self._new(kept, owner, claim, call)

    async def resume(self, record: TaskRecord, lease: Lease) -> Run:
        """Execute a task again that was taken over; what the attempt before had made is dropped."""
        kept = Kept.unpacked(record.request)
        task = await task_at(self.log, record)
        journal = Journal(self.log, task, version=record.version, lease=lease)
        before = Task()
        before.CopyFrom(task)
        await journal.write([wording.anew(task, lease.attempt)], at_work=True)
        call = ServerCallContext(tenant=kept.tenant, requested_extensions=set(kept.extensions))
        call.state["headers"] = {}
        if kept.passport is not None:
            call.state[PASSPORT] = kept.passport
        context = RequestContext(
            call, kept.request, task.id, task.context_id, before if kept.follow_up else None
        )
        return self._start(Run(self.executor, context, journal, self.announce), record.owner)

    async def drain(self, seconds: float) -> None:
        """Wait for what is at work, then leave the rest to whoever takes it over, at once."""
        self.close()
        waits = [asyncio.ensure_future(run.done.wait()) for run in self._runs.values()]
        if waits:
            _, late = await asyncio.wait(waits, timeout=seconds)
            for wait in late:
                wait.cancel()
        await asyncio.gather(*(run.stop(End.LEFT) for run in list(self._runs.values())))
        try:
            await self.log.release(self.runner)
        except StoreError as error:
            _log.warning(
                "tasks were not released; they are found when our beat has stood still", reason=str(error)
            )

    def _new(self, kept: Kept, owner: str, claim: Claim | None, call: ServerCallContext) -> Run:
        message = kept.request.message
        task_id, context_id = str(uuid4()), message.context_id or str(uuid4())
        context = RequestContext(call, kept.request, task_id, context_id)
        task = wording.opening(task_id, context_id, message)
        new = NewTask(
            task_id,
            context_id,
            owner,
            standing(task.status.state, at_work=True),
            kept.packed(),
            self.runner,
            claim,
            push_configs=inline(kept.request, task_id),
        )
        run = Run(self.executor, context, Journal(self.log, task, new), self.announce)
        return self._start(run, owner, claim)

    async def _continue(
        self, kept: Kept, owner: str, claim: Claim | None, call: ServerCallContext
    ) -> Run | str:
        message = kept.request.message
        record = await self._parked(message, owner)
        task = await task_at(self.log, record)
        before = Task()
        before.CopyFrom(task)
        message.context_id = record.context
        events = [StreamResponse(message=message), wording.status(task, TaskState.TASK_STATE_WORKING)]
        for event in events:
            fold(task, event)
        with self._reserved(record.task):
            try:
                lease = await self.log.resume(
                    record.task,
                    expected=record.version,
                    runner=self.runner,
                    request=replace(kept, follow_up=True).packed(),
                    standing=standing(task.status.state, at_work=True),
                    events=[event.SerializeToString() for event in events],
                    claim=claim,
                    push_configs=inline(kept.request, record.task),
                )
            except MessageKnown as known:
                return known.task
            except VersionConflict:
                raise _busy(record.task) from None
            context = RequestContext(call, kept.request, record.task, record.context, before)
            journal = Journal(self.log, task, version=record.version + len(events), lease=lease)
            return self._start(Run(self.executor, context, journal, self.announce), owner)

    @contextlib.contextmanager
    def _reserved(self, task: str) -> Generator[None]:
        """The log may show the task under our name before we have started it: nobody else here shall."""
        self._coming[task] += 1
        try:
            yield
        finally:
            self._coming[task] -= 1
            self._coming += Counter()  # drops what came down to nothing

    async def _parked(self, message: Message, owner: str) -> TaskRecord:
        """The task that a follow-up names, when it may be continued (A2A 1.0 §3.4.2, §3.4.3)."""
        record = await self.log.load(message.task_id)
        if record is None or record.owner != owner:
            raise TaskNotFoundError(f"There is no task {message.task_id}")
        if message.context_id and message.context_id != record.context:
            raise InvalidParamsError(f"Task {record.task} belongs to context {record.context}")
        if record.standing.phase is Phase.RUNNING and (run := self.at(record.task)) is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(run.done.wait(), _TURN_PATIENCE)
            record = await self.log.load(record.task) or record
        if record.standing.phase is Phase.FINAL:
            raise UnsupportedOperationError(
                f"Task {record.task} is in the final state {record.standing.state} and takes no more messages"
            )
        if record.standing.phase is Phase.RUNNING:
            raise _busy(record.task)
        return record

    def _start(self, run: Run, owner: str, claim: Claim | None = None) -> Run:
        task = run.task.id
        put(run.context.call_context, Beside(self.log, run, owner))
        self._runs[task] = run
        if claim is not None:
            self._claims[claim] = task
        run.start()
        run.when_done(lambda: self._forget(task, claim))
        return run

    def _forget(self, task: str, claim: Claim | None) -> None:
        self._runs.pop(task, None)
        if claim is not None:
            self._claims.pop(claim, None)


def _busy(task: str) -> UnsupportedOperationError:
    return UnsupportedOperationError(f"Task {task} is at work; it takes a message when it asks for one")
