"""Agents' cards behind our origin; and whole records of the registry, addresses and all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from agentia_cards.errors import NotACard
from agentia_cards.rewrite import rewritten
from agentia_gateway.protocol.call import Json

AgentUrl = Callable[[str], str]
"""From an agent's name to its address here."""


def card_shown(card: Mapping[str, Any], base_url: str, addresses: tuple[str, ...], *, keyed: bool) -> Json:
    """The card of an agent as callers of the gateway see it. ``keyed``: we want a key, the agent's own
    schemes are between it and us."""
    shown = rewritten(card, base_url, own_addresses=addresses)
    for name in ("securitySchemes", "securityRequirements", "security"):
        shown.pop(name, None)
    return shown | KEY_WANTED if keyed else shown


KEY_WANTED: Json = {
    "securitySchemes": {"key": {"httpAuthSecurityScheme": {"scheme": "Bearer"}}},
    "securityRequirements": [{"schemes": {"key": {"list": []}}}],
}


def records_shown(value: Any, agent_url: AgentUrl) -> Any:
    """What the registry says, with every record of an agent showing the gateway's address for it."""
    if isinstance(value, list):
        return [records_shown(entry, agent_url) for entry in cast("list[Any]", value)]
    if not isinstance(value, dict):
        return value
    found = cast(Json, value)
    if isinstance(found.get("card"), dict) and isinstance(found.get("name"), str) and "replicas" in found:
        return _record(found, agent_url(found["name"]))
    return {name: records_shown(entry, agent_url) for name, entry in found.items()}


def _record(record: Json, url: str) -> Json:
    replicas = [cast(Json, entry) for entry in record["replicas"] if isinstance(entry, dict)]
    addresses = tuple(str(entry.get("address", "")) for entry in replicas)
    try:
        card = rewritten(record["card"], url, own_addresses=addresses)
    except NotACard:
        card = {}
    return record | {"card": card, "replicas": [entry | {"address": url} for entry in replicas]}
