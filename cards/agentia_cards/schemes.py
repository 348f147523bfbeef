"""Security schemes and requirements in the words of A2A 1.0 (section 4.5) and of 0.3 (OpenAPI 3.0)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from agentia_cards.fields import is_object, mapping, text, texts
from agentia_cards.reading import Json

_MEMBERS = {
    "apiKey": "apiKeySecurityScheme",
    "http": "httpAuthSecurityScheme",
    "oauth2": "oauth2SecurityScheme",
    "openIdConnect": "openIdConnectSecurityScheme",
    "mutualTLS": "mtlsSecurityScheme",
}
"""The `type` of a scheme in 0.3, and the member of the 1.0 object that it becomes."""


def schemes(declared: Mapping[str, Any]) -> Json:
    """The declared schemes in the form of 1.0; schemes that have that form already lose the fields of 0.3."""
    return {name: _scheme(scheme) if is_object(scheme) else scheme for name, scheme in declared.items()}


def legacy_schemes(declared: Mapping[str, Any]) -> Json:
    """The declared schemes of 1.0 with the fields of 0.3 beside them."""
    return {
        name: _legacy_scheme(scheme) | scheme if is_object(scheme) else scheme
        for name, scheme in declared.items()
    }


def requirements(alternatives: Iterable[Mapping[str, Any]]) -> list[Json]:
    """The `security` of 0.3 as the `securityRequirements` of 1.0."""
    return [
        {"schemes": {name: {"list": list(texts(alternative, name))} for name in alternative}}
        for alternative in alternatives
    ]


def legacy_requirements(alternatives: Iterable[Mapping[str, Any]]) -> list[Json]:
    """The `securityRequirements` of 1.0 as the `security` of 0.3."""
    needed = [mapping(alternative, "schemes") for alternative in alternatives]
    return [{name: list(texts(mapping(names, name), "list")) for name in names} for names in needed]


def _scheme(scheme: Json) -> Json:
    for member in _MEMBERS.values():
        if member in scheme:
            return {member: scheme[member]}
    member = _MEMBERS.get(text(scheme, "type"))
    if member is None:
        return scheme
    moved = {name: value for name, value in scheme.items() if name != "type"}
    if member == "apiKeySecurityScheme" and "in" in moved:
        moved["location"] = moved.pop("in")
    return {member: moved}


def _legacy_scheme(scheme: Json) -> Json:
    for kind, member in _MEMBERS.items():
        if member in scheme:
            moved = dict(mapping(scheme, member))
            if kind == "apiKey" and "location" in moved:
                moved["in"] = moved.pop("location")
            return {"type": kind} | moved
    return {}
