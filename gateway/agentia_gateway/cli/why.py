"""Why a task went where it went: the decision record, for people."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from agentia_gateway.cli.a2a.event import Json, part_of, parts_of
from agentia_gateway.cli.gateway import Gateway
from agentia_gateway.cli.terminal import json_document, say, table

RULES = {
    "path": "its caller sent it to that agent's address",
    "owned": "it answers a task that the agent has already",
    "context": "the agent had the conversation",
    "agent": "its caller named the agent",
    "skill": "its caller asked for the skill",
    "search": "the search found who can do it",
    "plan": "its clauses belong to different agents",
    "none": "nobody can do it",
}


def show_why(mesh: Gateway, task: str, *, as_json: bool) -> None:
    """Print the decision record. Raises `Failure` when there is none."""
    record: Json = mesh.get(f"mesh/tasks/{quote(task, safe='')}/decision")
    if as_json:
        json_document(record)
        return
    rule = str(record.get("rule"))
    skill = f" for its skill {record['skill']}" if record.get("skill") else ""
    say(f"{record.get('winner') or 'no agent'}{skill}, by the rule {rule}: {RULES.get(rule, '')}")
    say(f"decided in {_number(record.get('took_ms'))} ms", dim=True)
    if candidates := parts_of(record, "candidates"):
        table(("candidate", "skill", "score", "made of", "words"), [_candidate(each) for each in candidates])
    if dropped := parts_of(record, "dropped"):
        table(("left out", "why"), [(each.get("name"), each.get("reason")) for each in dropped])


def _candidate(candidate: Json) -> tuple[Any, ...]:
    parts = ", ".join(f"{name} {_number(value)}" for name, value in part_of(candidate, "parts").items())
    matched: list[Any] = candidate.get("matched") or []
    score = _number(candidate.get("score"))
    found = ", ".join(map(str, matched)) or str(candidate.get("reason") or "")
    return candidate.get("name"), candidate.get("skill"), score, parts, found


def _number(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, int | float) else "?"
