"""Two runners, late in every way that chance finds: never do two owners both commit.

The model is one task, told as the list of events that were acknowledged. Runners remember the leases that
they were ever granted and the versions that they ever saw, and use any of them.
"""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from agentia_fabric.errors import LeaseLost, VersionConflict
from agentia_fabric.tasklog.port import Append, Lease, Phase, Standing, TaskLog
from agentia_fabric.tasklog.sqlite import SqliteTaskLog
from agentia_testing.tasks import ASKING, DONE, WORKING, new

RUNNERS = st.sampled_from(["one", "two"])
LOGS = st.integers(0, 1)


class Owners(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.open = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory()
        self.logs: list[TaskLog] = [self.opened(), self.opened()]
        self.events = [b"first"]
        self.phase = Phase.RUNNING
        accepted = self.loop.run(self.logs[0].create(new(events=self.events, runner="one")))
        self.current: Lease | None = accepted.record.lease
        self.granted = [self.current]
        self.count = 0

    def opened(self) -> TaskLog:
        log = SqliteTaskLog(Path(self.folder.name) / "tasks.db")
        return self.loop.run(self.open.enter_async_context(log))

    def teardown(self) -> None:
        self.loop.run(self.open.aclose())
        self.loop.close()
        self.folder.cleanup()

    def grant(self, lease: Lease) -> None:
        assert lease not in self.granted
        self.granted.append(lease)
        self.current, self.phase = lease, Phase.RUNNING

    @rule(
        log=LOGS,
        lease=st.integers(0, 50),
        late=st.sampled_from([0, 0, 0, 1, 2]),
        standing=st.sampled_from([WORKING, WORKING, WORKING, ASKING, ASKING, DONE]),
    )
    def append(self, log: int, lease: int, late: int, standing: Standing) -> None:
        writer = [*self.granted, None][lease % (len(self.granted) + 1)]
        expected = len(self.events) - late
        self.count += 1
        event = b"%d" % self.count
        allowed = writer == self.current and late == 0 and self.phase is not Phase.FINAL
        try:
            version = self.loop.run(
                self.logs[log].append(Append("task", expected, (event,), standing, writer))
            )
        except (LeaseLost, VersionConflict):
            assert not allowed
            return
        assert allowed
        self.events.append(event)
        assert version == len(self.events)
        self.phase = standing.phase
        if self.phase is not Phase.RUNNING:
            self.current = None

    @rule(log=LOGS, runner=RUNNERS, from_runner=RUNNERS)
    def take_over(self, log: int, runner: str, from_runner: str) -> None:
        allowed = self.phase is Phase.RUNNING and self.current and self.current.runner == from_runner
        try:
            lease = self.loop.run(self.logs[log].take_over("task", from_runner=from_runner, runner=runner))
        except LeaseLost:
            assert not allowed
            return
        assert allowed
        self.grant(lease)

    @rule(log=LOGS, runner=RUNNERS, late=st.sampled_from([0, 0, 1]))
    def resume(self, log: int, runner: str, late: int) -> None:
        resuming = self.logs[log].resume(
            "task", expected=len(self.events) - late, runner=runner, request=b"", standing=WORKING
        )
        try:
            lease = self.loop.run(resuming)
        except VersionConflict:
            assert late or self.phase is not Phase.PARKED
            return
        assert self.phase is Phase.PARKED
        self.grant(lease)

    @invariant()
    def the_log_is_what_was_acknowledged(self) -> None:
        for log in self.logs:
            entries = self.loop.run(log.read("task"))
            assert [entry.payload for entry in entries] == self.events
            record = self.loop.run(log.load("task"))
            assert record is not None
            assert (record.lease, record.standing.phase) == (self.current, self.phase)


TestOwners = Owners.TestCase
TestOwners.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
