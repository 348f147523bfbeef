"""The canonical form of a card: what a digest is taken of and a signature covers (A2A 1.0 section 8.4.1).

It holds the fields of 1.0 only, without `signatures`: empty values of fields without presence are left out,
then RFC 8785 decides on order, numbers and escapes. A card of 0.3 is translated to 1.0 first.

SDKs differ in one point: a2a-sdk leaves out empty values everywhere, required fields included.
:func:`compact` is that form. The two are equal unless a required or explicitly set value is empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, cast

import rfc8785

from agentia_cards.errors import NoCanonicalForm
from agentia_cards.reading import Json
from agentia_cards.shape.card_1_0 import CARD
from agentia_cards.shape.grammar import Kind, ListOf, MapOf, Message, Presence
from agentia_cards.versions import pure


def canonical(card: Mapping[str, Any]) -> bytes:
    """The canonical form, as the specification describes it.

    Raises:
        NoCanonicalForm: the card holds a number that JSON cannot carry exactly, or no Unicode.
    """
    return _encoded(_covered(card))


def compact(card: Mapping[str, Any]) -> bytes:
    """The canonical form of SDKs that leave out every empty string, list and object, wherever it stands.

    Raises:
        NoCanonicalForm: as for :func:`canonical`.
    """
    return _encoded(_without_empty(_covered(card)))


def digest(card: Mapping[str, Any]) -> str:
    """`sha256:` and the hex digest of the canonical form.

    Raises:
        NoCanonicalForm: as for :func:`canonical`.
    """
    return f"sha256:{hashlib.sha256(canonical(card)).hexdigest()}"


def _covered(card: Mapping[str, Any]) -> Json:
    return _fields(CARD, {name: value for name, value in pure(card).items() if name != "signatures"})


def _fields(message: Message, source: Json) -> Json:
    """The fields that the message knows; what an absent field says (section 5.7) is absent."""
    kept: Json = {}
    for name, (kind, presence) in message.fields.items():
        if source.get(name) is None:
            continue
        value = _value(kind, source[name])
        if presence is not Presence.PLAIN or value not in ("", False, [], {}):
            kept[name] = value
    return kept


def _value(kind: Kind, value: Any) -> Any:
    """Values of an unexpected type stay as they are: they change the digest, and the lint reports them."""
    match kind, value:
        case ListOf(of), list():
            return [_value(of, element) for element in cast("list[Any]", value)]
        case MapOf(of), dict():
            return {name: _value(of, element) for name, element in cast(Json, value).items()}
        case Message(), dict():
            return _fields(kind, cast(Json, value))
        case _:
            return value


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        children = {name: _without_empty(child) for name, child in cast(Json, value).items()}
        return {name: child for name, child in children.items() if not _empty(child)}
    if isinstance(value, list):
        return [child for child in map(_without_empty, cast("list[Any]", value)) if not _empty(child)]
    return value


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _encoded(card: Json) -> bytes:
    try:
        return rfc8785.dumps(card)
    except (rfc8785.CanonicalizationError, RecursionError) as error:
        raise NoCanonicalForm(f"The card has no canonical form: {error}.") from None
