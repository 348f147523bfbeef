"""What comes over a stream: task, message, status, or a piece of an artifact (A2A 1.0 section 3.2.3)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

Json = dict[str, Any]
AGENT = "ROLE_AGENT"


class Kind(StrEnum):
    """The member of a stream response that is set."""

    TASK = "task"
    MESSAGE = "message"
    STATUS = "statusUpdate"
    ARTIFACT = "artifactUpdate"


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `body` is what the member holds, `raw` the whole response as it came."""

    kind: Kind
    body: Json
    raw: Json

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Event | None:
        """The event in a response; None for kinds that a later version of the protocol may add."""
        for kind in Kind:
            body = raw.get(kind.value)
            if isinstance(body, dict):
                return cls(kind, cast(Json, body), dict(raw))
        return None

    @classmethod
    def of_task(cls, task: Json) -> Event:
        """A task as it stands, which was read and not streamed."""
        return cls(Kind.TASK, task, {Kind.TASK.value: task})

    @property
    def task(self) -> str:
        """The id of the task; empty for a message without one."""
        return str(self.body.get("id" if self.kind is Kind.TASK else "taskId") or "")

    @property
    def context(self) -> str:
        """The id of the conversation."""
        return str(self.body.get("contextId") or "")

    @property
    def state(self) -> str:
        """The task's state; empty when the event tells none."""
        return str(part_of(self.body, "status").get("state") or "")

    @property
    def says(self) -> Json:
        """The message that comes with it; empty when there is none."""
        return self.body if self.kind is Kind.MESSAGE else part_of(part_of(self.body, "status"), "message")

    @property
    def artifacts(self) -> list[Json]:
        """The artifacts, or pieces of one, that it carries."""
        if self.kind is Kind.ARTIFACT:
            return [part_of(self.body, "artifact")]
        return parts_of(self.body, "artifacts") if self.kind is Kind.TASK else []

    @property
    def history(self) -> list[Json]:
        """What the agent has said since its caller spoke last, where the event tells it."""
        messages = parts_of(self.body, "history") if self.kind is Kind.TASK else []
        said = itertools.takewhile(lambda message: message.get("role") == AGENT, reversed(messages))
        return [*said][::-1]


def part_of(source: Mapping[str, Any], name: str) -> Json:
    """The object in a field; an empty one when there is none."""
    value = source.get(name)
    return cast(Json, value) if isinstance(value, dict) else {}


def parts_of(source: Mapping[str, Any], name: str) -> list[Json]:
    """The objects in a list; an empty list when there is none."""
    value = source.get(name)
    values = cast("list[Any]", value) if isinstance(value, list) else []
    return [cast(Json, entry) for entry in values if isinstance(entry, dict)]
