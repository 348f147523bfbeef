"""Reading fields of JSON that somebody else wrote: what is missing or of another type reads as empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard, cast

from agentia_cards.reading import Json


def text(source: Mapping[str, Any], name: str) -> str:
    """The field when it is a string, else an empty one."""
    value = source.get(name)
    return value if isinstance(value, str) else ""


def flag(source: Mapping[str, Any], name: str) -> bool:
    """Whether the field is `true`."""
    return source.get(name) is True


def items(source: Mapping[str, Any], name: str) -> list[Any]:
    """The field when it is a list, else an empty one."""
    value = source.get(name)
    return cast("list[Any]", value) if isinstance(value, list) else []


def texts(source: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The strings in a list."""
    return tuple(value for value in items(source, name) if isinstance(value, str))


def objects(source: Mapping[str, Any], name: str) -> tuple[Json, ...]:
    """The objects in a list."""
    return tuple(cast(Json, value) for value in items(source, name) if isinstance(value, dict))


def mapping(source: Mapping[str, Any], name: str) -> Json:
    """The field when it is an object, else an empty one."""
    value = source.get(name)
    return cast(Json, value) if isinstance(value, dict) else {}


def is_object(value: object) -> TypeGuard[Json]:
    """Whether a value is a JSON object."""
    return isinstance(value, dict)
