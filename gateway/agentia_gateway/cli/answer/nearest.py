"""The agents that come nearest to a task that nobody can do, as the mesh tells them in a rejected task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from agentia_gateway.cli.a2a.event import Json, parts_of
from agentia_gateway.cli.answer.collected import Collected
from agentia_gateway.cli.terminal import say, table


def show_nearest(collected: Collected) -> None:
    """Print the candidates, if the answer has any that its text does not name."""
    said = "".join(str(part.get("text") or "") for part in parts_of(collected.says, "parts"))
    candidates = [each for each in _candidates(collected) if str(each["name"]) not in said]
    if candidates:
        say("Nearest are:")
        table(("agent", "skill", "score"), [_row(candidate) for candidate in candidates])


def carries_candidates(value: Any) -> bool:
    """Whether a data part is such a list, which may be empty."""
    return bool(_listed(value)) or (isinstance(value, dict) and cast(Json, value).get("candidates") == [])


def _candidates(collected: Collected) -> Iterator[Json]:
    sources = [collected.says, *({"parts": artifact.parts} for artifact in collected.artifacts.values())]
    for source in sources:
        for part in parts_of(source, "parts"):
            yield from _listed(part.get("data"))


def _listed(value: Any) -> list[Json]:
    if not isinstance(value, dict):
        return []
    data = cast(Json, value)
    found = [*parts_of(data, "nearest"), *parts_of(data, "candidates")]
    return [candidate for candidate in found if "name" in candidate]


def _row(candidate: Json) -> tuple[str, str, str]:
    score = candidate.get("score")
    skill = candidate.get("skill_name") or candidate.get("skillName") or candidate.get("skill") or ""
    return str(candidate["name"]), str(skill), f"{score:.0f}" if isinstance(score, int | float) else ""
