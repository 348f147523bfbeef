"""What the model is given: the caller's message, and what was said in the same context before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from a2a.types.a2a_pb2 import Message, Part, Role, Task
from agents.items import TResponseInputItem
from google.protobuf.json_format import MessageToDict

from agentia_kit.attached import decoded, file_name, headed, is_text
from agentia_kit.thinking.task import ANSWER

EARLIER_TASKS = 10
EARLIER_CHARACTERS = 32_000
"""How much of the conversation before is given to the model: the newest first, whole turns only."""


def asked(message: Message) -> TResponseInputItem:
    """The message as the Responses API has it: every part is an input; what is said first, data last."""
    texts = [_text(part) for part in sorted(message.parts, key=_rank)]
    content: Any = [{"type": "input_text", "text": text} for text in texts]
    return {"role": "user", "content": content}


def before(tasks: Sequence[Task]) -> list[TResponseInputItem]:
    """Earlier tasks of the context (oldest first) as turns of the conversation, within the limit."""
    turns: list[TResponseInputItem] = []
    left = EARLIER_CHARACTERS
    for task in reversed(tasks):
        question, answer = _question(task), _answer(task)
        left -= len(question) + len(answer)
        if left < 0:
            break
        if question and answer:
            turns[:0] = [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    return turns


def within(task: Task) -> list[TResponseInputItem]:
    """What was said in this task before a follow-up: the caller's messages, then the agent's question."""
    turns: list[TResponseInputItem] = [
        {"role": "user", "content": words}
        for message in task.history
        if message.role == Role.ROLE_USER and (words := _words(message))
    ]
    if question := _words(task.status.message):
        turns.append({"role": "assistant", "content": question})
    return turns


def has_words(message: Message) -> bool:
    """Whether there is anything to think about."""
    return any(_text(part).strip() for part in message.parts)


def _question(task: Task) -> str:
    return "\n".join(_words(message) for message in task.history if message.role == Role.ROLE_USER)


def _words(message: Message) -> str:
    return "\n".join(part.text for part in message.parts if part.text)


def _answer(task: Task) -> str:
    parts = [part for artifact in task.artifacts if artifact.artifact_id == ANSWER for part in artifact.parts]
    return "".join(part.text for part in parts)


def _rank(part: Part) -> int:
    """Words before files, files before data."""
    if part.WhichOneof("content") == "data":
        return 2
    return 0 if part.text and not file_name(part) else 1


def _text(part: Part) -> str:
    name = file_name(part)
    match part.WhichOneof("content"):
        case "text":
            return headed(name, part.text) if name else part.text
        case "data":
            return json.dumps(MessageToDict(part.data), ensure_ascii=False)
        case "raw" if is_text(part):
            return headed(name, decoded(part.raw)) if name else decoded(part.raw)
        case "url":
            return f"File {part.filename or ''} ({part.media_type or 'unknown type'}) at {part.url}"
        case _:
            return f"File {part.filename or ''} of type {part.media_type or 'unknown'}, {len(part.raw)} bytes"
