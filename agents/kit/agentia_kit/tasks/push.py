"""Push-notification configurations of tasks, and what is sent for them (A2A 1.0 §3.1.7-3.1.10, §4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from a2a.server.context import ServerCallContext
from a2a.types.a2a_pb2 import (
    AgentCard,
    DeleteTaskPushNotificationConfigRequest,
    GetTaskPushNotificationConfigRequest,
    ListTaskPushNotificationConfigsRequest,
    ListTaskPushNotificationConfigsResponse,
    SendMessageRequest,
    StreamResponse,
    Task,
    TaskPushNotificationConfig,
)
from a2a.utils.errors import PushNotificationNotSupportedError, TaskNotFoundError

from agentia_fabric.tasklog.port import TaskLog
from agentia_kit.tasks.owners import owned
from agentia_kit.tasks.stream import shown


class Courier(Protocol):
    """Brings events to webhooks; never waits for one of them."""

    async def check(self, url: str) -> None:
        """Raises ``InvalidParamsError`` when the URL is one that we do not call."""
        ...

    def send(self, config: TaskPushNotificationConfig, event: StreamResponse) -> None:
        """Take an event for delivery, after all that was taken for the same configuration before."""
        ...


class PushConfigs:
    """The four operations, and the announcement of events to the configurations of their task."""

    def __init__(self, card: AgentCard, log: TaskLog, courier: Courier | None) -> None:
        self._courier = courier if card.capabilities.push_notifications else None
        self._log = log

    async def check_inline(self, request: SendMessageRequest) -> None:
        """A configuration that comes with a message is checked before the message is taken.

        Raises:
            PushNotificationNotSupportedError, InvalidParamsError
        """
        if request.configuration.HasField("task_push_notification_config"):
            await self._offered().check(request.configuration.task_push_notification_config.url)

    async def create(
        self, config: TaskPushNotificationConfig, context: ServerCallContext
    ) -> TaskPushNotificationConfig:
        """Keep a configuration; without an id it gets the task's."""
        courier = self._offered()
        await owned(self._log, config.task_id, context)
        await courier.check(config.url)
        return await self.keep(config.task_id, config)

    async def keep(self, task: str, config: TaskPushNotificationConfig) -> TaskPushNotificationConfig:
        """Keep a configuration that was checked."""
        kept = TaskPushNotificationConfig()
        kept.CopyFrom(config)
        kept.task_id, kept.id = task, config.id or task
        await self._log.put_push_config(task, kept.id, kept.SerializeToString())
        return kept

    async def get(
        self, request: GetTaskPushNotificationConfigRequest, context: ServerCallContext
    ) -> TaskPushNotificationConfig:
        """One configuration. Raises ``TaskNotFoundError`` when there is none of that id."""
        self._offered()
        await owned(self._log, request.task_id, context)
        for config in await self._of(request.task_id):
            if config.id == request.id:
                return config
        raise TaskNotFoundError(f"Task {request.task_id} has no push configuration {request.id}")

    async def list(
        self, request: ListTaskPushNotificationConfigsRequest, context: ServerCallContext
    ) -> ListTaskPushNotificationConfigsResponse:
        """All configurations of a task, on one page."""
        self._offered()
        await owned(self._log, request.task_id, context)
        return ListTaskPushNotificationConfigsResponse(configs=await self._of(request.task_id))

    async def delete(
        self, request: DeleteTaskPushNotificationConfigRequest, context: ServerCallContext
    ) -> None:
        """Forget a configuration; doing so twice is no error."""
        self._offered()
        await owned(self._log, request.task_id, context)
        await self._log.delete_push_config(request.task_id, request.id)

    async def announce(
        self, task: Task, events: Sequence[StreamResponse], request: SendMessageRequest
    ) -> None:
        """Hand events to the courier for every configuration; `request` may bring the first one."""
        if self._courier is None:
            return
        configs = await self._of(task.id)
        if not configs and request.configuration.HasField("task_push_notification_config"):
            configs = [await self.keep(task.id, request.configuration.task_push_notification_config)]
        for config in configs:
            for event in events:
                if told := _payload(event):
                    self._courier.send(config, told)

    async def _of(self, task: str) -> list[TaskPushNotificationConfig]:
        return [
            TaskPushNotificationConfig.FromString(payload)
            for _, payload in await self._log.push_configs(task)
        ]

    def _offered(self) -> Courier:
        if self._courier is None:
            raise PushNotificationNotSupportedError("This agent sends no push notifications")
        return self._courier


def _payload(entry: StreamResponse) -> StreamResponse | None:
    if entry.WhichOneof("payload") == "task":
        return entry
    return entry if shown(entry, first=False) is not None else None
