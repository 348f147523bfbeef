"""Tool calls that wait for somebody's yes: the question that the caller gets, the decisions that come back.

Question, a data part: `{"interruptions": [{"callId", "tool", "arguments"}]}`. Answer, a data part:
`{"decisions": [{"callId", "approve": true|false, "reason"?}]}`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from a2a.types.a2a_pb2 import Message, Part
from agents.items import ToolApprovalItem
from agents.run_state import RunState
from google.protobuf.json_format import MessageToDict

from agentia_kit.made import data


def question(interruptions: Sequence[ToolApprovalItem]) -> Part:
    """What is to be decided."""
    calls = [
        {"callId": _call_id(item), "tool": item.tool_name or "", "arguments": _arguments(item)}
        for item in interruptions
    ]
    return data({"interruptions": calls})


def decide(state: RunState[Any], message: Message) -> list[ToolApprovalItem]:
    """Put the message's decisions into the state; returns the calls that nobody decided on."""
    decisions = _decisions(message)
    open_calls: list[ToolApprovalItem] = []
    for item in state.get_interruptions():
        decision = decisions.get(_call_id(item))
        if decision is None:
            open_calls.append(item)
        elif decision.get("approve") is True:
            state.approve(item)
        else:
            state.reject(item, rejection_message=_reason(decision))
    return open_calls


def _reason(decision: Mapping[str, Any]) -> str | None:
    reason = decision.get("reason")
    return reason if isinstance(reason, str) and reason else None


def _decisions(message: Message) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for part in message.parts:
        if part.WhichOneof("content") == "data":
            value: Any = MessageToDict(part.data)
            if isinstance(value, dict):
                for decision in cast("dict[str, Any]", value).get("decisions") or ():
                    found[str(decision.get("callId"))] = decision
    return found


def _call_id(item: ToolApprovalItem) -> str:
    return str(_raw(item, "call_id") or _raw(item, "id") or "")


def _arguments(item: ToolApprovalItem) -> Any:
    raw = _raw(item, "arguments")
    try:
        return json.loads(raw) if isinstance(raw, str) else raw
    except ValueError:
        return raw


def _raw(item: ToolApprovalItem, name: str) -> Any:
    raw: Any = item.raw_item
    return raw.get(name) if isinstance(raw, dict) else getattr(raw, name, None)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
