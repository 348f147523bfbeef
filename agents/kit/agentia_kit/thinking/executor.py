"""An agent of openai-agents as an executor: run, translate, and end in the state that fits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.tasks import TaskUpdater
from a2a.types.a2a_pb2 import Message, TaskState
from a2a.utils.errors import InvalidParamsError
from agents import Agent, RunConfig, RunContextWrapper, Runner
from agents.items import TResponseInputItem
from agents.models.interface import Model
from agents.result import RunResultStreaming
from agents.run_state import RunState

from agentia_kit.made import ArtifactsOf, data
from agentia_kit.models import label
from agentia_kit.tasks.beside import Beside, beside
from agentia_kit.tasks.owners import passport
from agentia_kit.thinking import approvals, conversation
from agentia_kit.thinking.failures import ending
from agentia_kit.thinking.task import Task
from agentia_kit.thinking.toolservers import connected
from agentia_kit.thinking.tracing import keep_traces_here
from agentia_kit.thinking.translation import Translation

RUN_STATE = "run-state"
"""What is saved beside a task whose tool calls wait for approval."""
MAX_TURNS = 20

Input = list[TResponseInputItem] | RunState[Task]


class ThinkingExecutor(AgentExecutor):
    """Runs the agent once for each message; nothing is kept in memory between messages."""

    def __init__(
        self,
        agent: Agent[Any],
        *,
        tools: Mapping[str, str] | None = None,
        artifacts_of: ArtifactsOf | None = None,
        max_turns: int = MAX_TURNS,
    ) -> None:
        self.model = label(agent.model)
        self._agent = agent
        self._tools = tools or {}
        self._artifacts_of = artifacts_of
        self._max_turns = max_turns
        keep_traces_here()

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Run the agent for the message. Raises ``InvalidParamsError`` when there is nothing in it."""
        message = context.message
        if message is None or not conversation.has_words(message):
            raise InvalidParamsError("The message has no text; say what is to be done")
        updater = TaskUpdater(event_queue, context.task_id or "", context.context_id or "")
        task = Task(updater, self.model, passport(context.call_context))
        await updater.start_work()
        try:
            await self._run(task, message, context)
        except Exception as error:  # noqa: BLE001 - every failure becomes a state and a sentence
            await task.end_answer()
            await task.end(*_denied(task) or ending(error))

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """The kit stops the run; there is nothing else to undo."""
        await TaskUpdater(event_queue, context.task_id or "", context.context_id or "").cancel()

    async def aclose(self) -> None:
        """Let go of the connections to the model's endpoint."""
        if isinstance(self._agent.model, Model):
            await self._agent.model.close()

    async def _run(self, task: Task, message: Message, context: RequestContext) -> None:
        storage = beside(context.call_context)
        async with connected(self._tools, lambda: setattr(task, "denied", True)) as servers:
            agent = self._agent.clone(mcp_servers=[*self._agent.mcp_servers, *servers])
            given = await self._input(agent, task, message, context, storage)
            if given is None:
                return
            result = Runner.run_streamed(
                agent,
                given,
                context=task,
                max_turns=self._max_turns,
                run_config=RunConfig(tracing_disabled=True),
            )
            translation = Translation(task, self._artifacts_of)
            async for event in result.stream_events():
                await translation.take(event)
            await self._finish(task, result, storage)

    async def _input(
        self, agent: Agent[Any], task: Task, message: Message, context: RequestContext, storage: Beside
    ) -> Input | None:
        """What to run on; None when the caller has to be asked once more."""
        waiting = await storage.saved(RUN_STATE) if context.current_task is not None else None
        if waiting:
            state = await RunState.from_string(
                agent, waiting.decode(), context_override=RunContextWrapper(task)
            )
            undecided = approvals.decide(state, message)
            if undecided:
                await _ask(task, "These calls still wait for a decision", undecided)
                return None
            await storage.save(RUN_STATE, b"")
            return state
        said = conversation.before(await storage.earlier(conversation.EARLIER_TASKS))
        if context.current_task is not None:
            said += conversation.within(context.current_task)
        return [*said, conversation.asked(message)]

    async def _finish(self, task: Task, result: RunResultStreaming, storage: Beside) -> None:
        await task.end_answer()
        if result.interruptions:
            await storage.save(
                RUN_STATE, result.to_state().to_string(context_serializer=lambda _: {}).encode()
            )
            await _ask(task, "These calls wait for your decision", result.interruptions)
            return
        if task.question:
            await task.end(TaskState.TASK_STATE_INPUT_REQUIRED, task.question)
            return
        output: Any = result.final_output
        if output is not None and not isinstance(output, str):
            await task.result(data(_plain(output)))
        await task.end(TaskState.TASK_STATE_COMPLETED)


async def _ask(task: Task, text: str, calls: list[Any]) -> None:
    await task.end(TaskState.TASK_STATE_INPUT_REQUIRED, text, approvals.question(calls))


def _denied(task: Task) -> tuple[TaskState, str] | None:
    if not task.denied:
        return None
    return TaskState.TASK_STATE_AUTH_REQUIRED, "A tool server asks for authorisation"


def _plain(output: Any) -> Any:
    return output.model_dump(mode="json") if hasattr(output, "model_dump") else output
