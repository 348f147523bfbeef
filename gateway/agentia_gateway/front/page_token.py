"""The page token of the mesh's ListTasks: where each agent's list goes on, opaque to the caller."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

import orjson

from agentia_gateway.errors import InvalidParams
from agentia_gateway.front.merging import EXHAUSTED, Place


def written_token(places: Mapping[str, Place]) -> str:
    """The token; empty when no list goes on, as the specification demands."""
    if all(place.skip == EXHAUSTED for place in places.values()):
        return ""
    plain = {name: [place.token, place.skip, place.total] for name, place in places.items()}
    return urlsafe_b64encode(orjson.dumps(plain)).decode().rstrip("=")


def read_token(token: Any) -> dict[str, Place]:
    """The places in a token; none in an empty one.

    Raises:
        InvalidParams: we gave out no such token.
    """
    if not token:
        return {}
    try:
        raw = urlsafe_b64decode(str(token) + "=" * (-len(str(token)) % 4))
        return {name: _place(*place) for name, place in orjson.loads(raw).items()}
    except (binascii.Error, ValueError, TypeError, AttributeError):
        raise InvalidParams("The pageToken is not one that this list gave out.") from None


def _place(token: str, skip: int, total: int) -> Place:
    if not (isinstance(token, str) and isinstance(skip, int) and isinstance(total, int)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError("a place is a token and two numbers")
    return Place(token, max(skip, EXHAUSTED), max(total, 0))
