"""What passes by on its way to the caller: task id, context id and state, from an answer or an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from agentia_gateway.protocol.call import Json, either

_WRAPPERS = ("task", "statusUpdate", "artifactUpdate", "message", "msg")
"""The fields of which a StreamResponse has one (§3.2.3); 0.3 over HTTP writes ``msg``."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A task seen passing by; ``state`` is empty when the event says nothing of it."""

    task: str
    context: str
    state: str


def sighted(answer: Json) -> Sighting | None:
    """The task in a whole answer or an event, of either binding and version; None when there is none."""
    payload = _object(answer.get("result")) if "jsonrpc" in answer else answer
    for name in _WRAPPERS:
        if isinstance(payload.get(name), dict):
            return _of(payload[name], is_task=name == "task")
    return _of(payload, is_task=payload.get("kind", "task") == "task")


def _of(holder: Mapping[str, Any], *, is_task: bool) -> Sighting | None:
    task = either(holder, "id") if is_task else either(holder, "taskId")
    if not task:
        return None
    status = _object(holder.get("status"))
    return Sighting(task, either(holder, "contextId"), either(status, "state"))


def _object(value: object) -> Json:
    return cast(Json, value) if isinstance(value, dict) else {}
