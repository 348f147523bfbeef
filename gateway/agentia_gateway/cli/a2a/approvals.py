"""Tool calls that wait for somebody's yes, as kit agents ask for it and take it (a data part each way)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agentia_gateway.cli.a2a.event import Json, part_of, parts_of

YES = frozenset({"y", "yes", "ok", "allow", "approve", "approved"})
NO = frozenset({"n", "no", "deny", "refuse", "reject"})


def calls_to_decide(message: Mapping[str, Any]) -> list[Json]:
    """The calls that a message asks about: `callId`, `tool`, `arguments` each."""
    parts = parts_of(message, "parts")
    return [call for part in parts for call in parts_of(part_of(part, "data"), "interruptions")]


def decisions(message: Mapping[str, Any], answer: str) -> list[Json]:
    """The parts that answer such a message; none when it asks about no call.

    Only a plain yes allows the calls. Everything else refuses them, with the answer as the reason.
    """
    said = answer.strip()
    word = said.lower().rstrip(".!")
    decision: Json = {"approve": word in YES}
    if word not in YES | NO:
        decision["reason"] = said
    decided = [{"callId": call.get("callId"), **decision} for call in calls_to_decide(message)]
    return [{"data": {"decisions": decided}, "mediaType": "application/json"}] if decided else []
