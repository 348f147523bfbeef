"""Fields that are missing, of a wrong type or misspelt, read off the messages in `agentia_cards.shape`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, cast

from agentia_cards.fields import is_object
from agentia_cards.reading import Json
from agentia_cards.rules.rule import Remark, Subject
from agentia_cards.shape.card_0_3 import LEGACY_CARD
from agentia_cards.shape.card_1_0 import CARD
from agentia_cards.shape.grammar import Kind, ListOf, MapOf, Message, Presence, Scalar

TOLERATED = frozenset(
    {
        ("AgentCard", "protocolVersion"),
        ("AgentCard", "defaultInputModes"),
        ("AgentCard", "defaultOutputModes"),
        ("AgentInterface", "protocolVersion"),
        ("AgentProvider", "url"),
        ("AgentProvider", "organization"),
        ("AgentSkill", "name"),
        ("AgentSkill", "tags"),
    }
)
"""Required fields without which an agent can be used: Protocol Buffers' JSON omits empty ones."""

_MAY_BE_EMPTY = frozenset(
    {("AgentCard", "description"), ("AgentSkill", "description"), ("AgentCard", "skills")}
)
"""Empty ones have a rule of their own, or make the agent merely hard to find."""


def missing(subject: Subject) -> Iterator[Remark]:
    """Required fields that are absent or empty and without which the agent cannot be used."""
    return _absent(subject, tolerated=False)


def recommended(subject: Subject) -> Iterator[Remark]:
    """Required fields that are absent or empty and that the mesh can do without."""
    return _absent(subject, tolerated=True)


def wrong_type(subject: Subject) -> Iterator[Remark]:
    """Values of another type than the specification's."""
    shape, version = _shape(subject.card.raw)
    for path, kind, value, section in _values(shape, subject.card.raw, "$"):
        if value is not None and not _fits(kind, value):
            yield Remark(path, f"This must be {_described(kind)}.", f"{version} section {section}")


def misspelt(subject: Subject) -> Iterator[Remark]:
    """Fields that the specification does not know and whose name is close to one that it knows."""
    for shape, path, source in _messages(_shape(subject.card.raw)[0], subject.card.raw, "$"):
        known = set(shape.fields) | (set(LEGACY_CARD.fields) if shape is CARD else set[str]())
        for name in source.keys() - known:
            if close := get_close_matches(name, known - source.keys(), n=1, cutoff=0.8):
                yield Remark(f"{path}.{name}", f"No such field is known; did you mean {close[0]!r}?")


def _absent(subject: Subject, *, tolerated: bool) -> Iterator[Remark]:
    top, version = _shape(subject.card.raw)
    for shape, path, source in _messages(top, subject.card.raw, "$"):
        for name, (kind, presence) in shape.fields.items():
            if presence is not Presence.REQUIRED or ((shape.name, name) in TOLERATED) is not tolerated:
                continue
            value = source.get(name)
            if value is None or (value in ("", []) and (shape.name, name) not in _MAY_BE_EMPTY):
                section = f"{version} section {shape.section}"
                yield Remark(f"{path}.{name}", f"Add {name!r}: {_described(kind)} is required.", section)


def _shape(card: Json) -> tuple[Message, str]:
    """The message that a card is meant to be, and the version of the specification that describes it."""
    if "supportedInterfaces" in card or "url" not in card:
        return CARD, "A2A 1.0"
    return LEGACY_CARD, "A2A 0.3"


def _values(shape: Message, source: Mapping[str, Any], path: str) -> Iterator[tuple[str, Kind, Any, str]]:
    """Every value that has a known kind: its path, kind, value, and its message's section."""
    for message, place, fields in _messages(shape, source, path):
        for name, (kind, _) in message.fields.items():
            if name in fields:
                yield from _elements(kind, fields[name], f"{place}.{name}", message.section)


def _elements(kind: Kind, value: Any, path: str, section: str) -> Iterator[tuple[str, Kind, Any, str]]:
    yield path, kind, value, section
    for place, inner, child in _children(kind, value, path):
        yield from _elements(inner, child, place, section)


def _messages(shape: Message, source: Mapping[str, Any], path: str) -> Iterator[tuple[Message, str, Json]]:
    """The message itself and every message in it, with the path of each."""
    yield shape, path, cast(Json, source)
    for name, (kind, _) in shape.fields.items():
        yield from _inner_messages(kind, source.get(name), f"{path}.{name}")


def _inner_messages(kind: Kind, value: Any, path: str) -> Iterator[tuple[Message, str, Json]]:
    if isinstance(kind, Message) and is_object(value):
        yield from _messages(kind, value, path)
    for place, inner, child in _children(kind, value, path):
        yield from _inner_messages(inner, child, place)


def _children(kind: Kind, value: Any, path: str) -> Iterator[tuple[str, Kind, Any]]:
    if isinstance(kind, ListOf) and isinstance(value, list):
        for number, element in enumerate(cast("list[Any]", value)):
            yield f"{path}[{number}]", kind.of, element
    elif isinstance(kind, MapOf) and is_object(value):
        for name, element in value.items():
            yield f"{path}.{name}", kind.of, element


def _fits(kind: Kind, value: Any) -> bool:
    match kind:
        case Scalar.STRING:
            return isinstance(value, str)
        case Scalar.BOOLEAN:
            return isinstance(value, bool)
        case ListOf():
            return isinstance(value, list)
        case _:
            return isinstance(value, dict)


def _described(kind: Kind) -> str:
    match kind:
        case Scalar():
            return kind.value
        case ListOf(Scalar.STRING):
            return "a list of strings"
        case ListOf():
            return "a list of objects"
        case _:
            return "an object"
