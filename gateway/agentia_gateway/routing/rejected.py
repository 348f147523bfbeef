"""The honest answer when nobody can do it: a rejected task that names the nearest candidates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from agentia_fabric.directory.wire import Candidate
from agentia_gateway.protocol.call import Call, Caller, Json
from agentia_gateway.protocol.operations import V0_3
from agentia_gateway.routing.decision import Decision

NAMED = 3
"""Candidates that the text names; the data part has all that are near."""
NEAR = 10.0
"""The score from which a candidate is worth naming: less is a word in common by chance."""


def rejected_task(call: Call, decision: Decision) -> Json:
    """A new task in its final state, as 1.0 writes it."""
    task, context = str(uuid4()), call.context or str(uuid4())
    nearest = [candidate for candidate in decision.candidates if candidate.score >= NEAR]
    data = {"candidates": [candidate.model_dump() for candidate in nearest], "rule": "none"}
    reason: Json = {
        "messageId": str(uuid4()),
        "role": "ROLE_AGENT",
        "taskId": task,
        "contextId": context,
        "parts": [
            {"text": _sentence(decision, nearest)},
            {"data": data, "mediaType": "application/json"},
        ],
    }
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {
        "id": task,
        "contextId": context,
        "status": {"state": "TASK_STATE_REJECTED", "message": reason, "timestamp": now},
    }


def _sentence(decision: Decision, nearest: Sequence[Candidate]) -> str:
    if decision.skill is not None:
        return f"No agent here has the skill {decision.skill[:80]!r}."
    if not nearest:
        return "No agent here can do this, and none comes near."
    names = ", ".join(
        f"{each.name} ({each.skill_name or each.skill}, {each.score:.0f})" for each in nearest[:NAMED]
    )
    return f"No agent here can do this: a score of {decision.cutoff:.0f} is needed. The nearest are {names}."


def task_shown(task: Json, caller: Caller) -> Json:
    """The task as the caller's version and binding write it."""
    if caller.version != V0_3:
        return task
    return _in_0_3_http(task) if caller.binding == "HTTP+JSON" else _in_0_3_rpc(task)


def sent_shown(task: Json, caller: Caller) -> Json:
    """The task as the answer to a send, or as an event: 0.3 does not wrap it in JSON-RPC."""
    shown = task_shown(task, caller)
    bare = caller.version == V0_3 and caller.binding == "JSONRPC"
    return shown if bare else {"task": shown}


def _in_0_3_rpc(task: Json) -> Json:
    status = task["status"]
    text, data = status["message"]["parts"]
    message = status["message"] | {
        "kind": "message",
        "role": "agent",
        "parts": [{"kind": "text", "text": text["text"]}, {"kind": "data", "data": data["data"]}],
    }
    return task | {"kind": "task", "status": status | {"state": "rejected", "message": message}}


def _in_0_3_http(task: Json) -> Json:
    """The JSON of 0.3's protocol buffers: a message has ``content``, data is wrapped once more."""
    status = task["status"]
    message: dict[str, Any] = dict(status["message"])
    text, data = message.pop("parts")
    message["content"] = [{"text": text["text"]}, {"data": {"data": data["data"]}}]
    return task | {"status": status | {"message": message}}
