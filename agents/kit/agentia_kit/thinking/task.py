"""The task as tools and translation see it: say what goes on, hand over what was made."""

from __future__ import annotations

from a2a.server.tasks import TaskUpdater
from a2a.types.a2a_pb2 import Part, TaskState

from agentia_fabric.identity import Passport
from agentia_kit.card import MODEL
from agentia_kit.made import Made
from agentia_kit.thinking.chunks import Joined

ANSWER = "answer"
"""Id and name of the artifact that holds the agent's text."""


class Task:
    """What an agent's function tools get as `RunContextWrapper[Task].context`."""

    def __init__(self, updater: TaskUpdater, model: str, caller: Passport | None) -> None:
        self.caller = caller
        """The passport that the call came with; None when the agent was called directly."""
        self.denied = False
        """Set when a tool server asked for authorisation."""
        self.question = ""
        """What the caller has to answer before the task can go on."""
        self._updater = updater
        self._marked = {MODEL: model}
        self._answer = Joined()
        self._begun = False
        self._made = 0

    @property
    def id(self) -> str:
        """The task's id."""
        return self._updater.task_id

    @property
    def context(self) -> str:
        """The id of the conversation."""
        return self._updater.context_id

    def ask(self, question: str) -> None:
        """End this run with a question to the caller; the task waits for the answer (input required)."""
        self.question = question

    async def status(self, text: str) -> None:
        """Say what is being done; the task goes on working."""
        await self._say(TaskState.TASK_STATE_WORKING, [Part(text=text)])

    async def artifact(self, made: Made) -> None:
        """Give the caller something that was made."""
        self._made += 1
        await self._updater.add_artifact(
            list(made.parts), f"made-{self._made}", made.name, self._marked, append=False, last_chunk=True
        )

    async def begin_answer(self) -> None:
        """A new text begins. The last one is the answer, so it takes the place of those before."""
        await self._write(self._answer.rest(), last=False)
        self._begun = False

    async def write(self, piece: str) -> None:
        """A piece of the answer."""
        await self._write(self._answer.add(piece), last=False)

    async def end_answer(self) -> None:
        """No more pieces will come."""
        await self._write(self._answer.rest(), last=True)

    async def result(self, part: Part) -> None:
        """The answer of an agent that answers in data."""
        await self._updater.add_artifact(
            [part], "result", "result", self._marked, append=False, last_chunk=True
        )

    async def end(self, state: TaskState, text: str = "", *extra: Part) -> None:
        """The last word of this run: a final state, or one that waits for the caller."""
        parts = [*([Part(text=text)] if text else []), *extra]
        await self._say(state, parts)

    async def _write(self, chunk: str, *, last: bool) -> None:
        if chunk or (last and self._begun):
            parts = [Part(text=chunk, media_type="text/markdown")]
            await self._updater.add_artifact(
                parts, ANSWER, ANSWER, self._marked, append=self._begun, last_chunk=last
            )
            self._begun = True

    async def _say(self, state: TaskState, parts: list[Part]) -> None:
        message = self._updater.new_agent_message(parts, self._marked) if parts else None
        await self._updater.update_status(state, message)
