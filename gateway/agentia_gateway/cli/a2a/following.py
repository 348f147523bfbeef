"""Follows a task until it ends or waits for its caller, over as many connections as that takes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from agentia_gateway.cli.a2a.client import UNSUPPORTED, A2AClient, RpcError, StreamBroken
from agentia_gateway.cli.a2a.event import Event
from agentia_gateway.cli.a2a.states import FINAL, WAITING
from agentia_gateway.cli.failure import ExitCode, Failure

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
PATIENCE_SECONDS = 600.0
"""How long a task is followed without a word from the mesh."""


def until_settled(events: Iterable[Event]) -> Iterator[Event]:
    """The events of one connection, up to the one that ends the task or waits for its caller.

    Raises:
        StreamBroken: the stream ended before that.
    """
    for event in events:
        yield event
        if _settled(event):
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


def _connection(client: A2AClient, task: str) -> Iterator[Event]:
    """One subscription; a task that is final already cannot be subscribed to and is read instead."""
    now = Event.read({"task": client.call("GetTask", {"id": task})})
    if now is None or _settled(now):
        if now:
            yield now
        return
    try:
        yield from client.stream("SubscribeToTask", {"id": task})
    except RpcError as error:
        if error.code != UNSUPPORTED:
            raise
        yield now


def _settled(event: Event) -> bool:
    """Whether nothing more comes: a message instead of a task is the whole answer."""
    return event.state in FINAL | WAITING or (not event.task and bool(event.says))
