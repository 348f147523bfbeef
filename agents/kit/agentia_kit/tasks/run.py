"""One execution of an agent for one message.

The executor enqueues; what it enqueued is written in batches (one commit for all that came while the commit
before was under way) and only then shown to anybody. An answer that is a single message never becomes a task.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from enum import Enum

import structlog
from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import Event, EventQueue
from a2a.types.a2a_pb2 import (
    Message,
    StreamResponse,
    Task,
    TaskArtifactUpdateEvent,
    TaskState,
)
from a2a.utils.errors import A2AError, InvalidAgentResponseError

from agentia_fabric.errors import LeaseLost, VersionConflict
from agentia_kit.reasons import one_line
from agentia_kit.tasks import wording
from agentia_kit.tasks.fold import FINAL, INTERRUPTED, is_final
from agentia_kit.tasks.journal import AlreadyAccepted, Journal

BACKLOG = 64
"""Events that may wait for the log before the executor has to."""

CANCEL_PATIENCE = 5.0
"""Seconds that an executor gets to give in to its cancellation."""

_log = structlog.get_logger(__name__)

Announce = Callable[[Task, Sequence[StreamResponse]], Awaitable[None]]
"""Told of a task and its new events after each commit: push notifications hang here."""


class End(Enum):
    """How an execution ended."""

    SETTLED = "settled"
    """The task is parked or final, and the log says so."""
    MESSAGE = "message"
    """The answer was a message; there is no task."""
    REFUSED = "refused"
    """It failed before there was a task; `error` says why."""
    LOST = "lost"
    """Another process has the task now, or the message was accepted before: the log knows more."""
    LEFT = "left"
    """Stopped without a word; the task will be taken over."""


class Run(EventQueue):
    """An execution and the queue that its executor writes to."""

    def __init__(
        self,
        executor: AgentExecutor,
        context: RequestContext,
        journal: Journal,
        announce: Announce | None = None,
    ) -> None:
        self.context = context
        self.journal = journal
        self.opened_at = journal.version
        """The version at which the execution found the task; 0 when it is about to make it."""
        self.opening = Task()
        """The task at that version."""
        if journal.version:
            self.opening.CopyFrom(journal.task)
        self.message: Message | None = None
        self.error: A2AError | None = None
        self.known_as: str | None = None
        """The task that the message belongs to already, when the end is LOST for that reason."""
        self.end: End | None = None
        self.spoken = asyncio.Event()
        """Set when there is something for the caller: the task is in the log, or the run ended."""
        self.paused = asyncio.Event()
        """Set when the task waits for its caller or is final, or the run ended."""
        self.done = asyncio.Event()
        self._executor = executor
        self._announce = announce
        self._artifacts = {artifact.artifact_id for artifact in journal.task.artifacts}
        self._pending: list[StreamResponse] = []
        self._closed = False
        self._at_work = False
        self._writing = asyncio.Lock()
        self._flusher: asyncio.Task[None] | None = None
        self._work: asyncio.Task[None] | None = None

    @property
    def task(self) -> Task:
        """The task as the log has it."""
        return self.journal.task

    def start(self) -> None:
        """Let the executor run, in the context variables of whoever calls."""
        self._at_work = True
        self._work = asyncio.create_task(self._execute(), name=f"run {self.task.id}")

    def when_done(self, tell: Callable[[], None]) -> None:
        """Be told once the work has ended, however it ended."""
        if self._work is not None:
            self._work.add_done_callback(lambda _: tell())

    async def enqueue_event(self, event: Event) -> None:
        """Take an event of the executor (the SDK's interface). Waits only when the log is far behind."""
        if self._closed or self.end is not None:
            _log.warning("an event after the end is dropped", task=self.task.id)
        elif isinstance(event, Message):
            self._answer_with(event)
        elif self.message is not None:
            raise InvalidAgentResponseError("The agent answered with a message and then went on")
        elif self._unborn or not isinstance(event, Task):
            self._take(event)
            if len(self._pending) >= BACKLOG:
                await self._flush()
            elif self._flusher is None:
                self._flusher = asyncio.create_task(self._flush_soon())

    async def cancel(self, context: RequestContext) -> None:
        """Cancel the task, running or parked: the executor is asked first, then its work is stopped.

        Raises:
            A2AError: the executor refuses; the task goes on.
            VersionConflict, LeaseLost: another process has it.
        """
        try:
            await self._executor.cancel(context, self)
        except A2AError:
            raise
        except Exception as error:  # noqa: BLE001 - a broken cancel must not keep the task alive
            _log.warning("the executor's cancel failed", task=self.task.id, reason=one_line(error))
        self._at_work = False
        try:
            if not self._closed:
                self._take(wording.status(self.task, TaskState.TASK_STATE_CANCELED).status_update)
            await self._flush()
        finally:
            await self.stop(End.SETTLED)

    async def stop(self, end: End) -> None:
        """Stop the work without another word."""
        self.end = self.end or end
        work = self._work
        if work is not None and not work.done() and work is not asyncio.current_task():
            work.cancel()
            await asyncio.wait([work], timeout=CANCEL_PATIENCE)
        self._ended()

    async def flush(self) -> None:
        """Return when all that was enqueued is durable. Raises what the log raises."""
        await self._flush()

    @property
    def _unborn(self) -> bool:
        return self.journal.new is not None and not self._pending

    def _take(self, event: wording.TaskEvent) -> None:
        if self._unborn and not isinstance(event, Task):
            self._pending.append(StreamResponse(task=self.task))
        self._pending.append(wording.entry(event, self.task, self._artifacts))
        if isinstance(event, TaskArtifactUpdateEvent):
            self._artifacts.add(event.artifact.artifact_id)
        else:
            self._closed = event.status.state in FINAL

    def _answer_with(self, message: Message) -> None:
        if self.message is not None:
            raise InvalidAgentResponseError("The agent answered with more than one message")
        if not self._unborn:
            raise InvalidAgentResponseError("The agent sent a bare message although there is a task")
        message.context_id = message.context_id or self.task.context_id
        self.message = message

    async def _execute(self) -> None:
        try:
            await self._executor.execute(self.context, self)
            await self._settle()
        except asyncio.CancelledError:
            self.end = self.end or (End.SETTLED if is_final(self.task) else End.LEFT)
        except Exception as error:  # noqa: BLE001 - whatever an executor raises ends its task, not the server
            await self._fail(error)
        finally:
            self._ended()

    async def _settle(self) -> None:
        self._at_work = False
        if self.message is not None:
            self.end = End.MESSAGE
            return
        if self._unborn:
            raise InvalidAgentResponseError("The agent ended without an answer")
        await self._flush()
        if self.journal.lease is not None and not is_final(self.task):
            self._pending.append(wording.silence())
            await self._flush()
        self.end = self.end or End.SETTLED

    async def _fail(self, error: Exception) -> None:
        self._at_work = False
        if self.end is not None:
            return
        ours = isinstance(error, A2AError)
        if isinstance(error, A2AError) and self._unborn:
            self.end, self.error = End.REFUSED, error
            return
        if not ours:
            _log.error("the executor failed", task=self.task.id, exc_info=error)
        if not self._closed:
            reason = str(error) if ours else one_line(error)
            self._take(wording.status(self.task, TaskState.TASK_STATE_FAILED, reason).status_update)
        try:
            await self._flush()
        except Exception as worse:  # noqa: BLE001 - the log itself failed: another process may do better
            _log.error("the failure could not be written", task=self.task.id, exc_info=worse)
        self.end = self.end or (End.SETTLED if is_final(self.task) else End.LEFT)

    async def _flush_soon(self) -> None:
        # The executor may go on to its next await, so that what belongs together is one commit.
        await asyncio.sleep(0)
        self._flusher = None
        try:
            await self._write()
        except Exception as error:  # noqa: BLE001 - nobody awaits this task: the work is told instead
            if self.end is None:
                _log.error("the log failed", task=self.task.id, exc_info=error)
                self.end = End.LEFT
            if self._work is not None:
                self._work.cancel()

    async def _flush(self) -> None:
        # Who waits may be cancelled (an executor's own time-out), but what was begun is written to its end:
        # else the log would be ahead of the journal.
        writing = asyncio.ensure_future(self._write())
        writing.add_done_callback(_heard)
        await asyncio.shield(writing)

    async def _write(self) -> None:
        async with self._writing:
            while self._pending:
                batch = self._pending[:]
                try:
                    await self.journal.write(batch, at_work=self._at_work)
                except (VersionConflict, LeaseLost, AlreadyAccepted) as lost:
                    self.known_as = lost.task if isinstance(lost, AlreadyAccepted) else None
                    self.end = End.LOST
                    raise
                del self._pending[: len(batch)]
                self._written()
                await self._tell(batch)

    async def _tell(self, batch: Sequence[StreamResponse]) -> None:
        if self._announce is None:
            return
        try:
            await self._announce(self.task, batch)
        except Exception as error:  # noqa: BLE001 - the task goes on, whoever else may not hear of it
            _log.warning("nobody was notified", task=self.task.id, reason=one_line(error))

    def _written(self) -> None:
        self.spoken.set()
        if self.task.status.state in INTERRUPTED or is_final(self.task):
            self.paused.set()

    def _ended(self) -> None:
        self.end = self.end or End.SETTLED
        for event in (self.spoken, self.paused, self.done):
            event.set()


def _heard(writing: asyncio.Future[None]) -> None:
    """Take note of an error that nobody may wait for any more; whoever does gets it all the same."""
    if not writing.cancelled():
        writing.exception()
