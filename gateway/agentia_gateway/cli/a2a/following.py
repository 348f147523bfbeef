"""Follows a task until it ends or waits for its caller, over as many connections as that takes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from agentia_gateway.cli.a2a.client import A2AClient, RpcError, StreamBroken, streams_not
from agentia_gateway.cli.a2a.event import Event, Json
from agentia_gateway.cli.a2a.states import FINAL, WAITING
from agentia_gateway.cli.failure import ExitCode, Failure

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
LONGEST_BETWEEN_READS = 2.0
PATIENCE_SECONDS = 600.0
"""How long a task is followed without a word from the mesh."""


def asked(client: A2AClient, params: Mapping[str, Any]) -> Iterator[Event]:
    """Send a message and yield what happens; where the agent does not stream, its task is read now and then.

    Raises:
        StreamBroken: the connection was lost after the first event.
        RpcError: the message was refused.
    """
    try:
        yield from client.stream("SendStreamingMessage", params)
        return
    except RpcError as error:
        if not streams_not(error):
            raise
    if event := Event.read(client.call("SendMessage", params)):
        yield event
        if event.task and not settled(event):
            yield from read_until_settled(client, event.task, event.body)


def until_settled(events: Iterable[Event]) -> Iterator[Event]:
    """The events of one connection, up to the one that ends the task or waits for its caller.

    Raises:
        StreamBroken: the stream ended before that.
    """
    for event in events:
        yield event
        if settled(event):
            return
    raise StreamBroken("The stream ended before the task did.")


def followed(client: A2AClient, task: str) -> Iterator[Event]:
    """What happens to a task from now on; begins with the task as it is.

    Raises:
        Failure: nothing was heard for ten minutes.
        RpcError: there is no such task.
    """
    pause, heard = FIRST_PAUSE, time.monotonic()
    while True:
        try:
            for event in until_settled(_connection(client, task)):
                pause, heard = FIRST_PAUSE, time.monotonic()
                yield event
            return
        except StreamBroken:
            pass
        except Failure as failure:
            if failure.code is not ExitCode.UNREACHABLE or time.monotonic() - heard > PATIENCE_SECONDS:
                raise
        time.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def read_until_settled(client: A2AClient, task: str, known: Json) -> Iterator[Event]:
    """Read a task at growing intervals, and yield it whenever it is another than it was; `known` is how it
    stood last.

    Raises:
        StreamBroken: the mesh does not answer any more.
    """
    pause = FIRST_PAUSE
    while True:
        time.sleep(pause)
        pause = min(pause * 2, LONGEST_BETWEEN_READS)
        try:
            now = client.call("GetTask", {"id": task})
        except Failure as failure:
            if failure.code is ExitCode.UNREACHABLE:
                raise StreamBroken(failure.message) from None
            raise
        event = Event.of_task(now)
        if now != known:
            yield event
        if settled(event):
            return
        known = now


def settled(event: Event) -> bool:
    """Whether nothing more comes: a message instead of a task is the whole answer."""
    return event.state in FINAL | WAITING or (not event.task and bool(event.says))


def _connection(client: A2AClient, task: str) -> Iterator[Event]:
    """One subscription; a task that is final already cannot be subscribed to and is read instead."""
    now = Event.of_task(client.call("GetTask", {"id": task}))
    if settled(now):
        yield now
        return
    try:
        yield from client.stream("SubscribeToTask", {"id": task})
    except RpcError as error:
        if not streams_not(error):
            raise
        yield now
        yield from read_until_settled(client, task, now.body)
