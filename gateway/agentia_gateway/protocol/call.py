"""One request of A2A as the gateway looks at it; the body is kept as it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from agentia_gateway.protocol.operations import Operation

Json = dict[str, Any]
Binding = Literal["JSONRPC", "HTTP+JSON"]
RequestId = str | int | float | None


@dataclass(frozen=True, slots=True)
class Caller:
    """How the caller speaks: what an error needs to be told in the right shape."""

    binding: Binding
    version: str
    """``major.minor``; what the header says, which need not be a version that exists."""
    request_id: RequestId = None


@dataclass(frozen=True, slots=True)
class Call:
    """A request. ``path`` and ``query`` are empty for JSON-RPC; ``params`` is parsed once and not changed."""

    caller: Caller
    operation: Operation
    named_in: str
    """The version whose name, or path, the operation was called by."""
    body: bytes
    params: Mapping[str, Any] = field(repr=False)
    verb: str = "POST"
    path: str = ""
    query: str = ""
    path_task: str = ""

    @property
    def message(self) -> Json:
        """The message of a send; empty for other operations."""
        return _object(self.params.get("message"))

    @property
    def task(self) -> str:
        """The id of the task that this is about; empty when there is none. 0.3 says ``id`` everywhere."""
        if self.operation.sends:
            return either(self.message, "taskId", "task_id")
        return self.path_task or either(self.params, "taskId", "task_id") or either(self.params, "id")

    @property
    def context(self) -> str:
        """The id of the conversation; empty when there is none."""
        holder = self.message if self.operation.sends else self.params
        return either(holder, "contextId", "context_id")

    def wish(self, name: str) -> str:
        """What the message's metadata says under ``name``; empty when it says nothing."""
        return either(_object(self.message.get("metadata")), name)

    @property
    def parts(self) -> list[Json]:
        """The message's parts (HTTP+JSON of 0.3 calls them ``content``)."""
        found = self.message.get("parts", self.message.get("content"))
        entries = cast("list[object]", found) if isinstance(found, list) else []
        return [_object(entry) for entry in entries]

    @property
    def text(self) -> str:
        """The message's text parts, joined by line ends."""
        return "\n".join(_texts(self.parts))

    @property
    def output_modes(self) -> list[str]:
        """The media types that the caller takes; empty means any."""
        configuration = _object(self.params.get("configuration"))
        found = configuration.get("acceptedOutputModes", configuration.get("accepted_output_modes"))
        modes = cast("list[object]", found) if isinstance(found, list) else []
        return [mode for mode in modes if isinstance(mode, str)]


def either(holder: Mapping[str, Any], *names: str) -> str:
    """The first of the fields that holds a text; empty when none does."""
    return next((holder[name] for name in names if isinstance(holder.get(name), str)), "")


def _object(value: object) -> Json:
    return cast(Json, value) if isinstance(value, dict) else {}


def _texts(parts: list[Json]) -> Iterator[str]:
    for part in parts:
        text = part.get("text")
        if isinstance(text, str) and text.strip():
            yield text
