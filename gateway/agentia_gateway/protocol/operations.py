"""The eleven operations, by the names and paths of both versions (A2A 1.0 §5.3; 0.3 §3.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from urllib.parse import unquote

V1_0, V0_3 = "1.0", "0.3"


class Operation(Enum):
    """What a caller wants; the value is the name in 1.0."""

    SEND = "SendMessage"
    STREAM = "SendStreamingMessage"
    GET = "GetTask"
    LIST = "ListTasks"
    CANCEL = "CancelTask"
    SUBSCRIBE = "SubscribeToTask"
    PUSH_CREATE = "CreateTaskPushNotificationConfig"
    PUSH_GET = "GetTaskPushNotificationConfig"
    PUSH_LIST = "ListTaskPushNotificationConfigs"
    PUSH_DELETE = "DeleteTaskPushNotificationConfig"
    EXTENDED_CARD = "GetExtendedAgentCard"

    @property
    def sends(self) -> bool:
        """Whether it carries a message."""
        return self in (Operation.SEND, Operation.STREAM)

    @property
    def streams(self) -> bool:
        """Whether its answer is a stream of events."""
        return self in (Operation.STREAM, Operation.SUBSCRIBE)

    @property
    def names_a_task(self) -> bool:
        """Whether it is about a task that must exist."""
        return not self.sends and self not in (Operation.LIST, Operation.EXTENDED_CARD)


@dataclass(frozen=True, slots=True)
class Method:
    """An operation as one version names it."""

    operation: Operation
    version: str


_NAMES_0_3 = {
    "message/send": Operation.SEND,
    "message/stream": Operation.STREAM,
    "tasks/get": Operation.GET,
    "tasks/list": Operation.LIST,
    "tasks/cancel": Operation.CANCEL,
    "tasks/resubscribe": Operation.SUBSCRIBE,
    "tasks/pushNotificationConfig/set": Operation.PUSH_CREATE,
    "tasks/pushNotificationConfig/get": Operation.PUSH_GET,
    "tasks/pushNotificationConfig/list": Operation.PUSH_LIST,
    "tasks/pushNotificationConfig/delete": Operation.PUSH_DELETE,
    "agent/getAuthenticatedExtendedCard": Operation.EXTENDED_CARD,
}

METHODS = {operation.value: Method(operation, V1_0) for operation in Operation} | {
    name: Method(operation, V0_3) for name, operation in _NAMES_0_3.items()
}
"""JSON-RPC method names of both versions."""


@dataclass(frozen=True, slots=True)
class Matched:
    """An operation found by its path; ``task`` and ``config`` are the ids in it, decoded."""

    method: Method
    task: str = ""
    config: str = ""


_TASK = r"tasks/(?P<task>[^/:]+)"
_PUSH = rf"{_TASK}/pushNotificationConfigs"
_PATHS = [
    ("POST", "message:send", Operation.SEND),
    ("POST", "message:stream", Operation.STREAM),
    ("GET", "tasks", Operation.LIST),
    ("GET", _TASK, Operation.GET),
    ("POST", rf"{_TASK}:cancel", Operation.CANCEL),
    # The text of the specification says POST, its protocol definition GET.
    ("POST", rf"{_TASK}:subscribe", Operation.SUBSCRIBE),
    ("GET", rf"{_TASK}:subscribe", Operation.SUBSCRIBE),
    ("POST", _PUSH, Operation.PUSH_CREATE),
    ("GET", _PUSH, Operation.PUSH_LIST),
    ("GET", rf"{_PUSH}/(?P<config>[^/]+)", Operation.PUSH_GET),
    ("DELETE", rf"{_PUSH}/(?P<config>[^/]+)", Operation.PUSH_DELETE),
    ("GET", "extendedAgentCard", Operation.EXTENDED_CARD),
]
_PATHS_0_3 = [
    *(entry for entry in _PATHS if entry[2] is not Operation.EXTENDED_CARD),
    ("GET", "card", Operation.EXTENDED_CARD),
]
_ROUTES = [(verb, re.compile(path), Method(operation, V1_0)) for verb, path, operation in _PATHS] + [
    (verb, re.compile("v1/" + path), Method(operation, V0_3)) for verb, path, operation in _PATHS_0_3
]


def by_path(verb: str, path: str) -> Matched | None:
    """The operation at a path of HTTP+JSON (undecoded, without its first slash); None for other paths."""
    for known, pattern, method in _ROUTES:
        found = pattern.fullmatch(path) if known == verb else None
        if found is not None:
            ids = found.groupdict()
            return Matched(method, unquote(ids.get("task") or ""), unquote(ids.get("config") or ""))
    return None
