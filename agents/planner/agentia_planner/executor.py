"""The planner as an executor of A2A: plan, run the steps through the mesh, join what they made."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Generator
from contextlib import AbstractAsyncContextManager

from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.tasks import TaskUpdater
from a2a.types.a2a_pb2 import Message, Part
from a2a.utils.errors import InvalidParamsError

from agentia_kit.tasks.owners import passport
from agentia_kit.thinking.failures import ending
from agentia_planner.errors import ChildFailed
from agentia_planner.execution import CANCEL_SECONDS, Execution
from agentia_planner.joining import verdict
from agentia_planner.mesh import Visit, visit
from agentia_planner.outcome import Waiting
from agentia_planner.planning import Planning
from agentia_planner.report import Report
from agentia_planner.waiting import Parked, done_before, parked


class PlannerExecutor(AgentExecutor):
    """Keeps nothing between messages but the children at work, which a cancel takes along."""

    def __init__(self, planning: Planning, gateway: str, secret: str | None) -> None:
        self.model = planning.label
        self._planning = planning
        self._gateway = gateway
        self._secret = secret
        self._at_work: dict[str, Execution] = {}

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Run the plan of the message, or go on with the one that waits in the task."""
        message = context.message
        text = next((part.text for part in message.parts if part.text.strip()), "") if message else ""
        if message is None or not text:
            raise InvalidParamsError("The message has no text; say what is to be done")
        updater = TaskUpdater(event_queue, context.task_id or "", context.context_id or "")
        report = Report(updater, self.model)
        await updater.start_work()
        async with self._visit(context) as mesh:
            before = parked(context.current_task)
            if before is not None:
                await self._resume(before, context, message, mesh, report)
                return
            try:
                plan = await self._planning.plan(text)
            except Exception as error:  # noqa: BLE001 - every failure of a model becomes a state and a sentence
                state, reason = ending(error)
                await report.end(state, Part(text=reason))
                return
            given = [part for part in message.parts if part.text != text]
            await report.plan(plan)
            await self._run(Execution(plan, given, mesh, report), context, report)

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Say that the task is canceled before its steps can say that they were, then cancel the children."""
        execution = self._at_work.get(context.task_id or "")
        if execution is not None:
            execution.report.close()
        await TaskUpdater(event_queue, context.task_id or "", context.context_id or "").cancel()
        if execution is not None:
            await execution.cancel()
        elif (before := parked(context.current_task)) is not None:
            asked = before.waiting
            async with self._visit(context) as mesh:
                with contextlib.suppress(ChildFailed, TimeoutError):
                    await asyncio.wait_for(mesh.cancel(asked.agent, asked.task), CANCEL_SECONDS)

    async def _resume(
        self, before: Parked, context: RequestContext, message: Message, mesh: Visit, report: Report
    ) -> None:
        execution = Execution(before.plan, (), mesh, report)
        for number in range(1, len(before.plan.steps) + 1):
            done = done_before(context.current_task, number) if context.current_task is not None else None
            if done is not None and number != before.number:
                execution.found(number, done)
        await report.plan(before.plan)
        with self._known(context, execution):
            await execution.answer(before.number, before.waiting, list(message.parts), before.turn)
            await self._finish(execution, report, before.turn + 1)

    async def _run(self, execution: Execution, context: RequestContext, report: Report) -> None:
        with self._known(context, execution):
            await self._finish(execution, report, 1)

    async def _finish(self, execution: Execution, report: Report, turn: int) -> None:
        """Run what is left, then ask the caller or say how it ended."""
        await execution.run()
        for number, outcome in sorted(execution.outcomes.items()):
            if isinstance(outcome, Waiting):
                kept = Parked(execution.plan, number, outcome, turn).metadata()
                await report.end(outcome.state, *outcome.question, **kept)
                return
        state, text = verdict(execution.plan, execution.outcomes)
        await report.end(state, Part(text=text))

    @contextlib.contextmanager
    def _known(self, context: RequestContext, execution: Execution) -> Generator[None]:
        """While this holds, a cancel finds the execution."""
        task = context.task_id or ""
        self._at_work[task] = execution
        try:
            yield
        finally:
            del self._at_work[task]

    def _visit(self, context: RequestContext) -> AbstractAsyncContextManager[Visit]:
        caller = passport(context.call_context)
        return visit(self._gateway, self._secret, caller, context.task_id or "")
