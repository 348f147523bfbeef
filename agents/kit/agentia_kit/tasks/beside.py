"""What an executor may keep beside its task, and what was said in the same context before."""

from __future__ import annotations

from a2a.server.context import ServerCallContext
from a2a.types.a2a_pb2 import Task

from agentia_fabric.tasklog.port import TaskLog, TaskQuery
from agentia_kit.tasks.run import Run
from agentia_kit.tasks.view import task_at

_KEY = "agentia.beside"


class Beside:
    """The storage of one run: durable, and there on every replica."""

    def __init__(self, log: TaskLog, run: Run, owner: str) -> None:
        self._log = log
        self._run = run
        self._owner = owner

    @property
    def task(self) -> str:
        """The id of the task."""
        return self._run.task.id

    async def save(self, key: str, payload: bytes) -> None:
        """Keep something; the same key is replaced."""
        await self._run.flush()
        await self._log.save(self.task, key, payload)

    async def saved(self, key: str) -> bytes | None:
        """What was kept."""
        return await self._log.saved(self.task, key)

    async def earlier(self, limit: int) -> list[Task]:
        """The caller's last tasks of the same context besides this one, oldest first."""
        query = TaskQuery(self._owner, context=self._run.task.context_id, limit=limit + 1)
        page = await self._log.list(query)
        found = [await task_at(self._log, record) for record in page.records if record.task != self.task]
        return found[:limit][::-1]


def put(call: ServerCallContext, beside: Beside) -> None:
    """Let the executor find it."""
    call.state[_KEY] = beside


def beside(call: ServerCallContext) -> Beside:
    """The storage of the run that this call started. Raises ``KeyError`` outside of a run of the kit."""
    return call.state[_KEY]
