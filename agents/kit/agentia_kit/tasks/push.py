"""Push-notification configurations of tasks, and what is sent for them (A2A 1.0 §3.1.7-3.1.10, §4.3)."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
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
from a2a.utils.errors import InvalidParamsError, PushNotificationNotSupportedError, TaskNotFoundError
from google.protobuf.json_format import MessageToDict

from agentia_fabric.errors import FetchError, FetchTimeout, FetchUnreachable
from agentia_fabric.push import Delivery, Webhook
from agentia_fabric.tasklog.port import TaskLog
from agentia_kit.tasks.owners import owned
from agentia_kit.tasks.stream import shown


class PushConfigs:
    """The four operations, and the announcement of events to the configurations of their task."""

    def __init__(self, card: AgentCard, log: TaskLog, delivery: Delivery | None) -> None:
        self._delivery = delivery if card.capabilities.push_notifications else None
        self._log = log

    async def check_inline(self, request: SendMessageRequest) -> None:
        """A configuration that comes with a message is checked before the message is taken.

        Raises:
            PushNotificationNotSupportedError, InvalidParamsError
        """
        if request.configuration.HasField("task_push_notification_config"):
            await _check(self._offered(), request.configuration.task_push_notification_config)

    async def create(
        self, config: TaskPushNotificationConfig, context: ServerCallContext
    ) -> TaskPushNotificationConfig:
        """Keep a configuration; without an id it gets the task's. Raises as :meth:`check_inline` does."""
        delivery = self._offered()
        await owned(self._log, config.task_id, context)
        await _check(delivery, config)
        kept = _filled(config, config.task_id)
        await self._log.put_push_config(kept.task_id, kept.id, kept.SerializeToString())
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
        delivery = self._offered()
        await owned(self._log, request.task_id, context)
        await self._log.delete_push_config(request.task_id, request.id)
        delivery.forget(_name(request.task_id, request.id))

    async def announce(self, task: Task, events: Sequence[StreamResponse]) -> None:
        """Hand events over for every configuration of the task."""
        bodies = [body for event in events if (body := _body(event))]
        if self._delivery is None or not bodies:
            return
        for config in await self._of(task.id):
            webhook = _webhook(config)
            for body in bodies:
                self._delivery.send(webhook, body)

    async def _of(self, task: str) -> list[TaskPushNotificationConfig]:
        return [
            TaskPushNotificationConfig.FromString(payload)
            for _, payload in await self._log.push_configs(task)
        ]

    def _offered(self) -> Delivery:
        if self._delivery is None:
            raise PushNotificationNotSupportedError("This agent sends no push notifications")
        return self._delivery


def inline(request: SendMessageRequest, task: str) -> Sequence[tuple[str, bytes]]:
    """(id, payload) of the configuration that comes with a message for a task, as the log keeps it."""
    if not request.configuration.HasField("task_push_notification_config"):
        return ()
    kept = _filled(request.configuration.task_push_notification_config, task)
    return ((kept.id, kept.SerializeToString()),)


def _filled(config: TaskPushNotificationConfig, task: str) -> TaskPushNotificationConfig:
    filled = TaskPushNotificationConfig()
    filled.CopyFrom(config)
    filled.task_id, filled.id = task, config.id or task
    return filled


async def _check(delivery: Delivery, config: TaskPushNotificationConfig) -> None:
    """Refuse what would be refused at delivery; a name that cannot be resolved now may be later."""
    try:
        _webhook(config).headers()
        await delivery.check(config.url)
    except (FetchUnreachable, FetchTimeout):
        return
    except (FetchError, ValueError) as error:
        # The URL may hold a secret of the webhook: an error, which others log, does not repeat it.
        reason = str(error).replace(repr(config.url), "it")
        raise InvalidParamsError(f"The push notification URL is refused: {reason}") from None


def _webhook(config: TaskPushNotificationConfig) -> Webhook:
    return Webhook(
        _name(config.task_id, config.id),
        config.url,
        token=config.token,
        scheme=config.authentication.scheme,
        credentials=config.authentication.credentials,
    )


def _name(task: str, config: str) -> str:
    return f"{task}/{config}"


def _body(entry: StreamResponse) -> bytes:
    """The entry as webhooks get it; empty for what callers are not told."""
    if not entry.HasField("task") and shown(entry, first=False) is None:
        return b""
    return orjson.dumps(MessageToDict(entry))
