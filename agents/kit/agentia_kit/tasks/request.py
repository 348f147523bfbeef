"""The message that started an attempt, as the log keeps it: enough to execute it again on another replica."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from a2a.types.a2a_pb2 import Message, SendMessageRequest

from agentia_fabric.identity import Passport, Principal


@dataclass(frozen=True, slots=True)
class Kept:
    """A request with what is needed of its caller. `follow_up`: the task existed before this message."""

    request: SendMessageRequest
    passport: Passport | None = None
    """What the caller came with; None for a direct caller. It may have expired by now."""
    tenant: str = ""
    extensions: tuple[str, ...] = ()
    follow_up: bool = False

    def packed(self) -> bytes:
        """A line of JSON, then the request in protobuf's form."""
        head = {
            "passport": self.passport,
            "tenant": self.tenant,
            "extensions": self.extensions,
            "follow_up": self.follow_up,
        }
        return orjson.dumps(head) + b"\n" + self.request.SerializeToString()

    @classmethod
    def unpacked(cls, raw: bytes) -> Kept:
        """The reverse of :meth:`packed`."""
        line, body = raw.split(b"\n", 1)
        head = orjson.loads(line)
        return cls(
            SendMessageRequest.FromString(body),
            _passport(head["passport"]),
            head["tenant"],
            tuple(head["extensions"]),
            head["follow_up"],
        )


def _passport(fields: dict[str, Any] | None) -> Passport | None:
    if fields is None:
        return None
    principal, hops = Principal(**fields.pop("principal")), tuple(fields.pop("hops"))
    return Passport(principal=principal, hops=hops, **fields)


def digest(message: Message) -> str:
    """Equal for equal content: ids alone are reused by clients, so the content counts too."""
    return sha256(message.SerializeToString(deterministic=True)).hexdigest()
