"""One card, read by clients of A2A 1.0 and of 0.3 (design: the well-known paths give both in one).

A 1.0 card may carry the fields of 0.3 beside its own: the names differ, so neither reader stumbles over the
other's. Signatures cover the fields of 1.0 only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from agentia_cards.fields import flag, is_object, items, mapping, objects
from agentia_cards.model import JSONRPC, V0_3, Card
from agentia_cards.reading import Json
from agentia_cards.schemes import legacy_requirements, legacy_schemes, requirements, schemes

_LEGACY_FIELDS = frozenset(
    {
        "url",
        "preferredTransport",
        "additionalInterfaces",
        "protocolVersion",
        "security",
        "supportsAuthenticatedExtendedCard",
    }
)


def pure(card: Mapping[str, Any]) -> Json:
    """The card in the form of 1.0 alone; a card of 0.3 is translated. The card given is not changed."""
    if not objects(card, "supportedInterfaces"):
        return _translated(card)
    shown = {name: value for name, value in card.items() if name not in _LEGACY_FIELDS}
    _change(shown, "skills", lambda skill: {k: v for k, v in skill.items() if k != "security"})
    _change_mapping(shown, "capabilities", _without_history)
    _change_mapping(shown, "securitySchemes", schemes)
    return shown


def merged(card: Mapping[str, Any]) -> Json:
    """The card in the form of 1.0, with the fields of 0.3 added when the agent speaks 0.3.

    Fields of 0.3 that the card has already stay as they are. The card given is not changed.
    """
    shown = dict(card) if objects(card, "supportedInterfaces") else {**pure(card), **card}
    spoken = [interface for interface in Card.read(card).interfaces if interface.version == V0_3]
    if not spoken:
        return shown
    main, *others = spoken
    legacy: Json = {"url": main.url, "preferredTransport": main.binding, "protocolVersion": "0.3.0"}
    if others:
        legacy["additionalInterfaces"] = [{"url": i.url, "transport": i.binding} for i in spoken]
    if flag(mapping(card, "capabilities"), "extendedAgentCard"):
        legacy["supportsAuthenticatedExtendedCard"] = True
    if alternatives := objects(shown, "securityRequirements"):
        legacy["security"] = legacy_requirements(alternatives)
    _change_mapping(shown, "securitySchemes", legacy_schemes)
    _change(shown, "skills", _with_legacy_security)
    return legacy | shown


def _translated(card: Mapping[str, Any]) -> Json:
    shown = {name: value for name, value in card.items() if name not in _LEGACY_FIELDS}
    shown["supportedInterfaces"] = [
        {"url": i.url, "protocolBinding": i.binding or JSONRPC, "protocolVersion": i.version}
        for i in Card.read(card).interfaces
    ]
    _change_mapping(shown, "capabilities", _without_history)
    if flag(card, "supportsAuthenticatedExtendedCard"):
        shown["capabilities"] = {"extendedAgentCard": True} | mapping(shown, "capabilities")
    if alternatives := objects(card, "security"):
        shown.setdefault("securityRequirements", requirements(alternatives))
    _change_mapping(shown, "securitySchemes", schemes)
    _change(shown, "skills", _with_requirements)
    return shown


def _with_requirements(skill: Json) -> Json:
    changed = {name: value for name, value in skill.items() if name != "security"}
    if alternatives := objects(skill, "security"):
        changed.setdefault("securityRequirements", requirements(alternatives))
    return changed


def _with_legacy_security(skill: Json) -> Json:
    alternatives = objects(skill, "securityRequirements")
    return {"security": legacy_requirements(alternatives)} | skill if alternatives else skill


def _without_history(capabilities: Json) -> Json:
    return {name: value for name, value in capabilities.items() if name != "stateTransitionHistory"}


def _change(card: Json, name: str, change: Callable[[Json], Json]) -> None:
    """Apply `change` to each object in the list `name`; what is no object stays."""
    if isinstance(card.get(name), list):
        card[name] = [change(entry) if is_object(entry) else entry for entry in items(card, name)]


def _change_mapping(card: Json, name: str, change: Callable[[Json], Json]) -> None:
    if is_object(card.get(name)):
        card[name] = change(mapping(card, name))
