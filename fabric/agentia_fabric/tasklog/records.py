"""The shapes that go in and out of the task log. Times are in seconds since the epoch, payloads are bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """What a state means for whoever looks after a task; an agent's states map onto these."""

    RUNNING = "running"
    """Somebody has to be at work on it; without a living runner it is taken over."""
    PARKED = "parked"
    """It waits for its caller (input or authorisation required) and costs storage only."""
    FINAL = "final"
    """Nothing is ever appended again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a task as lists show it. ``state`` is the protocol's own name of it."""

    state: str
    phase: Phase


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. ``at`` is in seconds since the epoch, ``payload`` is what the writer gave."""

    version: int
    at: float
    payload: bytes


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The task as it was after the event ``version``, so that a reader need not fold them all."""

    version: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one runner to append to one task. Take it from where it was granted; never make one up."""

    task: str
    runner: str
    attempt: int
    """1 for the first execution of a message, one more for each take-over of it."""
    term: int
    """The fencing token: grows with every lease granted on the task, so that no two are ever equal."""


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """The header of a task with its newest snapshot."""

    task: str
    context: str
    owner: str
    standing: Standing
    version: int
    created: float
    updated: float
    request: bytes
    """The message that started the present attempt; a resumption executes it again."""
    runner: str | None
    """The runner that holds the lease; None when the task is parked or final."""
    attempt: int
    """1 for the first execution of ``request``, one more for each take-over."""
    term: int
    """How many leases were granted on the task so far."""
    snapshot: Snapshot | None

    @property
    def lease(self) -> Lease | None:
        """The lease that the task is under, or None."""
        return None if self.runner is None else Lease(self.task, self.runner, self.attempt, self.term)


@dataclass(frozen=True, slots=True)
class Claim:
    """What makes a repeated message recognisable: caller, message id and a digest of its content."""

    owner: str
    message: str
    digest: str


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task about to be accepted; ``claim`` makes a second one with the same claim return the first.

    ``runner`` gets the first lease (attempt 1), unless the standing is parked or final already.
    """

    task: str
    context: str
    owner: str
    standing: Standing
    request: bytes
    runner: str | None
    claim: Claim | None = None
    events: Sequence[bytes] = ()
    push_configs: Sequence[tuple[str, bytes]] = ()
    """(id, payload) of push-notification configurations that come with it."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer to :meth:`TaskLog.create`; ``existing`` is true when the claim was known already."""

    record: TaskRecord
    existing: bool


@dataclass(frozen=True, slots=True)
class Append:
    """Events to add to a task: at least one, for what readers cannot see has not happened.

    ``expected`` is the version the writer believes to be the last. ``lease`` is None only for writers that
    need none, such as a cancel of a parked task. A standing whose phase is not RUNNING ends the lease.
    ``snapshot`` is the task as it is after the last of the events.
    """

    task: str
    expected: int
    events: Sequence[bytes]
    standing: Standing
    lease: Lease | None = None
    snapshot: bytes | None = None


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """Which tasks to list, newest ``updated`` first; ``after`` is the cursor of the page before."""

    owner: str
    context: str | None = None
    state: str | None = None
    updated_since: float | None = None
    """Tasks whose last event is at or after this moment, in seconds since the epoch."""
    limit: int = 50
    after: str | None = None


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page of a list. ``cursor`` is None on the last page; ``total`` counts all that match."""

    records: Sequence[TaskRecord]
    cursor: str | None
    total: int


@dataclass(frozen=True, slots=True)
class Runner:
    """A process that runs tasks, as others see it: ``beat`` grows while it lives.

    Expiry is observed, not read: whoever sees the same ``beat`` for the whole time to live, by its own
    monotonic clock, may take the runner's tasks over. No two clocks are ever compared.
    """

    runner: str
    beat: int
