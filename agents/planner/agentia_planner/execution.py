"""Runs a plan: each step as soon as what it needs is there, a few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Sequence

from a2a.types.a2a_pb2 import Part

from agentia_planner.child import Child
from agentia_planner.errors import StepError
from agentia_planner.mesh import Visit
from agentia_planner.outcome import Done, Failed, Outcome, Skipped, Waiting
from agentia_planner.plan import Plan, Step
from agentia_planner.report import Report
from agentia_planner.takers import file_types

SIDE_BY_SIDE = 4
STEP_SECONDS = 900.0
"""How long one step may take."""
CANCEL_SECONDS = 4.0


class Execution:
    """One plan on its way. `outcomes` holds how each step ended, by number from 1."""

    def __init__(self, plan: Plan, given: Sequence[Part], visit: Visit, report: Report) -> None:
        self.plan = plan
        self.outcomes: dict[int, Outcome] = {}
        self._given = tuple(given)
        self._visit = visit
        self.report = report
        self._room = asyncio.Semaphore(SIDE_BY_SIDE)
        self._ended = {number: asyncio.Event() for number in range(1, len(plan.steps) + 1)}
        self._children: dict[int, Child] = {}

    def found(self, number: int, outcome: Outcome) -> None:
        """Take over how a step ended before."""
        self.outcomes[number] = outcome
        self._ended[number].set()

    async def run(self) -> None:
        """Run the steps that have not ended yet; they fail one by one, never all together."""
        async with asyncio.TaskGroup() as group:
            for number, step in enumerate(self.plan.steps, 1):
                if number not in self.outcomes:
                    group.create_task(self._step(number, step))

    async def answer(self, number: int, waiting: Waiting, parts: Sequence[Part], turn: int) -> None:
        """Pass the caller's answer to the agent that asked in step `number`."""
        child = Child(
            number, waiting.agent, "answer", self._visit, self.report, waiting.task, waiting.context
        )
        self._children[number] = child
        self.found(number, await _in_time(child, child.answer(parts, turn)))

    async def cancel(self) -> None:
        """Cancel the children at work; one that refuses or hangs does not hold the others up."""
        at_work = [child for number, child in self._children.items() if number not in self.outcomes]
        waits = [asyncio.wait_for(child.cancel(), CANCEL_SECONDS) for child in at_work]
        await asyncio.gather(*waits, return_exceptions=True)

    async def _step(self, number: int, step: Step) -> None:
        try:
            self.outcomes[number] = await self._outcome(number, step)
        finally:
            self._ended[number].set()

    async def _outcome(self, number: int, step: Step) -> Outcome:
        for need in step.needs:
            await self._ended[need].wait()
            if not isinstance(self.outcomes.get(need), Done):
                return Skipped(need)
        async with self._room:
            try:
                candidate = await self._visit.find(step.task, file_types(self._given))
            except StepError as error:
                await self.report.step(number, "nobody", str(error))
                return Failed("", str(error))
            child = Child(number, candidate.name, candidate.skill, self._visit, self.report)
            self._children[number] = child
            await self.report.step(number, child.agent, step.task)
            given = (*self._material(step.needs), *self._given)
            return await _in_time(child, child.ask(step.task, given))

    def _material(self, needs: Iterable[int]) -> Iterable[Part]:
        for need in needs:
            outcome = self.outcomes[need]
            if isinstance(outcome, Done):
                yield from outcome.material


async def _in_time(child: Child, work: Awaitable[Outcome]) -> Outcome:
    try:
        async with asyncio.timeout(STEP_SECONDS):
            return await work
    except TimeoutError:
        return Failed(child.agent, f"it took longer than {STEP_SECONDS:.0f} s")
