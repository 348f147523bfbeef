"""How a message of the protocol is described: fields, their kinds, what their absence means (section 5.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Scalar(StrEnum):
    """A value without parts of its own; `OBJECT` is free JSON (`google.protobuf.Struct`)."""

    STRING = "a string"
    BOOLEAN = "true or false"
    OBJECT = "an object"


class Presence(StrEnum):
    """What it means that a field is absent, and whether an empty one belongs to the canonical form."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    """Present is told from absent: an empty value that was set is kept."""
    PLAIN = "plain"
    """Empty is the same as absent."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose elements are all of one kind."""

    of: Kind


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object with free names whose values are all of one kind."""

    of: Kind


@dataclass(frozen=True, slots=True)
class Message:
    """An object with named fields: for each its kind and its presence."""

    name: str
    section: str
    fields: Mapping[str, tuple[Kind, Presence]] = field(hash=False)


Kind = Scalar | ListOf | MapOf | Message

TEXTS = ListOf(Scalar.STRING)


def message(
    name: str,
    section: str,
    required: Mapping[str, Kind] | None = None,
    optional: Mapping[str, Kind] | None = None,
    plain: Mapping[str, Kind] | None = None,
) -> Message:
    """A message from its fields, grouped by presence."""
    groups = ((Presence.REQUIRED, required), (Presence.OPTIONAL, optional), (Presence.PLAIN, plain))
    fields = {key: (kind, presence) for presence, group in groups for key, kind in (group or {}).items()}
    return Message(name, section, fields)
