"""The SDK's request handler on the task log: each operation says what it needs, other files do it."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator
from contextlib import aclosing

from a2a.server.context import ServerCallContext
from a2a.server.events import Event
from a2a.server.request_handlers.request_handler import RequestHandler
from a2a.types.a2a_pb2 import (
    AgentCard,
    CancelTaskRequest,
    DeleteTaskPushNotificationConfigRequest,
    GetExtendedAgentCardRequest,
    GetTaskPushNotificationConfigRequest,
    GetTaskRequest,
    ListTaskPushNotificationConfigsRequest,
    ListTaskPushNotificationConfigsResponse,
    ListTasksRequest,
    ListTasksResponse,
    Message,
    SendMessageRequest,
    SubscribeToTaskRequest,
    Task,
    TaskPushNotificationConfig,
)
from a2a.utils.errors import ExtendedAgentCardNotConfiguredError, UnsupportedOperationError
from a2a.utils.proto_utils import validate_proto_required_fields as complete
from a2a.utils.task import apply_history_length, validate_history_length

from agentia_fabric.tasklog.port import Phase
from agentia_kit.event_ids import VERSIONS
from agentia_kit.tasks.cancelling import cancel
from agentia_kit.tasks.demands import content_accepted, extensions_supported, streaming_offered
from agentia_kit.tasks.lists import listed
from agentia_kit.tasks.owners import owned, owner
from agentia_kit.tasks.push import PushConfigs
from agentia_kit.tasks.runs import Runs
from agentia_kit.tasks.sending import answer, begin, told
from agentia_kit.tasks.stream import Told, follow
from agentia_kit.tasks.view import task_at


class LogHandler(RequestHandler):
    """All eleven operations (A2A 1.0 §3.1) for one agent."""

    def __init__(
        self, card: AgentCard, runs: Runs, push: PushConfigs, extended_card: AgentCard | None = None
    ) -> None:
        self.card = card
        self.runs = runs
        self.push = push
        self.extended_card = extended_card

    async def on_message_send(self, params: SendMessageRequest, context: ServerCallContext) -> Task | Message:
        """Send, and wait for the answer unless told not to."""
        complete(params)
        self._acceptable(params, context)
        await self.push.check_inline(params)
        begun = await begin(self.runs, params, context)
        result = await answer(self.runs, begun, at_once=params.configuration.return_immediately)
        return apply_history_length(result, params.configuration) if isinstance(result, Task) else result

    async def on_message_send_stream(
        self, params: SendMessageRequest, context: ServerCallContext
    ) -> AsyncGenerator[Event]:
        """Send, and tell what happens as it happens."""
        complete(params)
        streaming_offered(self.card)
        self._acceptable(params, context)
        await self.push.check_inline(params)
        begun = await begin(self.runs, params, context)
        async with aclosing(told(self.runs, begun)) as items:
            async for item in items:
                if isinstance(item, Message):
                    yield item
                else:
                    yield _noted(item, context, params)

    async def on_get_task(self, params: GetTaskRequest, context: ServerCallContext) -> Task | None:
        """The task as it is."""
        complete(params)
        validate_history_length(params)
        record = await owned(self.runs.log, params.id, context)
        return apply_history_length(await task_at(self.runs.log, record), params)

    async def on_list_tasks(self, params: ListTasksRequest, context: ServerCallContext) -> ListTasksResponse:
        """The caller's tasks."""
        complete(params)
        return await listed(self.runs.log, owner(context), params)

    async def on_cancel_task(self, params: CancelTaskRequest, context: ServerCallContext) -> Task | None:
        """Stop a task."""
        complete(params)
        return await cancel(self.runs, params.id, context)

    async def on_subscribe_to_task(
        self, params: SubscribeToTaskRequest, context: ServerCallContext
    ) -> AsyncGenerator[Event]:
        """The task as it is, then what happens, until it is final."""
        complete(params)
        streaming_offered(self.card)
        log = self.runs.log
        async with log.watch(params.id) as wakeup:
            record = await owned(log, params.id, context)
            if record.standing.phase is Phase.FINAL:
                raise UnsupportedOperationError(
                    f"Task {params.id} is in the final state {record.standing.state}; get it instead"
                )
            yield _noted(Told(record.version, await task_at(log, record)), context)
            async with aclosing(
                follow(log, params.id, record.version, wakeup, through_parking=lambda: not self.runs.closing)
            ) as events:
                async for item in events:
                    yield _noted(item, context)

    async def on_create_task_push_notification_config(
        self, params: TaskPushNotificationConfig, context: ServerCallContext
    ) -> TaskPushNotificationConfig:
        """Have a URL told of a task's events."""
        complete(params)
        return await self.push.create(params, context)

    async def on_get_task_push_notification_config(
        self, params: GetTaskPushNotificationConfigRequest, context: ServerCallContext
    ) -> TaskPushNotificationConfig:
        """One configuration of a task."""
        complete(params)
        return await self.push.get(params, context)

    async def on_list_task_push_notification_configs(
        self, params: ListTaskPushNotificationConfigsRequest, context: ServerCallContext
    ) -> ListTaskPushNotificationConfigsResponse:
        """All configurations of a task."""
        complete(params)
        return await self.push.list(params, context)

    async def on_delete_task_push_notification_config(
        self, params: DeleteTaskPushNotificationConfigRequest, context: ServerCallContext
    ) -> None:
        """Forget a configuration."""
        complete(params)
        await self.push.delete(params, context)

    async def on_get_extended_agent_card(
        self, params: GetExtendedAgentCardRequest, context: ServerCallContext
    ) -> AgentCard:
        """The card for callers who are known (A2A 1.0 §3.1.11)."""
        complete(params)
        if not self.card.capabilities.extended_agent_card:
            raise UnsupportedOperationError("The agent has no extended card")
        if self.extended_card is None:
            raise ExtendedAgentCardNotConfiguredError
        return self.extended_card

    def _acceptable(self, params: SendMessageRequest, context: ServerCallContext) -> None:
        validate_history_length(params.configuration)
        extensions_supported(self.card, context.requested_extensions)
        content_accepted(self.card, params.message)


def _noted(item: Told, context: ServerCallContext, params: SendMessageRequest | None = None) -> Event:
    versions: deque[int] | None = context.state.get(VERSIONS)
    if versions is not None:
        versions.append(item.version)
    if params is not None and isinstance(item.event, Task):
        return apply_history_length(item.event, params.configuration)
    return item.event
