"""The message that asks: text, attached files, and what the caller says about where it should go."""

from __future__ import annotations

import base64
import mimetypes
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agentia_gateway.cli.a2a.event import Json
from agentia_gateway.cli.failure import ExitCode, Failure

AGENT = "urn:agentia:agent"
SKILL = "urn:agentia:skill"

MAX_ATTACHED = 10 * 1024 * 1024
"""Bytes of all attached files together: base64 makes a third more of them, and gateways take 16 MiB."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who should do it, and which conversation or task it goes on with; empty means the mesh decides."""

    agent: str = ""
    skill: str = ""
    context: str = ""
    task: str = ""


def send_params(
    text: str, wish: Wish, attached: Sequence[Path] = (), parts: Sequence[Json] = ()
) -> dict[str, Any]:
    """Parameters of `SendMessage` and `SendStreamingMessage`; `parts` follow the text and the files.

    Raises:
        Failure: a file cannot be read, or all are too large together.
    """
    message: dict[str, Any] = {
        "messageId": str(uuid.uuid4()),
        "role": "ROLE_USER",
        "parts": [{"text": text}, *_file_parts(attached), *parts],
    }
    named = {AGENT: wish.agent, SKILL: wish.skill}
    if metadata := {name: value for name, value in named.items() if value}:
        message["metadata"] = metadata
    if wish.context:
        message["contextId"] = wish.context
    if wish.task:
        message["taskId"] = wish.task
    return {"message": message}


def _file_parts(paths: Sequence[Path]) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = []
    left = MAX_ATTACHED
    for path in paths:
        try:
            content = path.read_bytes()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise Failure(f"{path} cannot be attached: {reason}.", code=ExitCode.USAGE) from None
        left -= len(content)
        if left < 0:
            limit = MAX_ATTACHED // (1024 * 1024)
            raise Failure(
                f"The attached files are larger than {limit} MiB together.",
                "Start the mesh with --files DIR on their folder instead: the agents read it there.",
                ExitCode.USAGE,
            )
        parts.append(_file_part(path, content))
    return parts


def _file_part(path: Path, content: bytes) -> dict[str, Any]:
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return {"raw": base64.b64encode(content).decode(), "mediaType": media_type, "filename": path.name}
