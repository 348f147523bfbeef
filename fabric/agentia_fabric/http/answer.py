"""The JSON answers that the layers around a service give by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from starlette.types import Message, Send


def problem(code: str, message: str) -> dict[str, str]:
    """The body of an error: a code for programs, a sentence for people."""
    return {"code": code, "message": message}


def start(status: int, length: int, *headers: tuple[bytes, bytes]) -> Message:
    """The first message of an answer in JSON of ``length`` bytes."""
    fixed = [(b"content-type", b"application/json"), (b"content-length", str(length).encode())]
    return {"type": "http.response.start", "status": status, "headers": [*fixed, *headers]}


async def answer(send: Send, status: int, body: dict[str, Any]) -> None:
    """Send a whole answer in JSON."""
    raw = orjson.dumps(body)
    await send(start(status, len(raw)))
    await send({"type": "http.response.body", "body": raw})
