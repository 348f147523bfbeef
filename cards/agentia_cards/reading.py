"""From bytes to a JSON object that is safe to look at: bounded in size and depth, alike for all parsers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn, cast

from agentia_cards.errors import NotACard, NotJson, TooDeep, TooLarge

MAX_BYTES = 64 * 1024
"""The largest card that is read."""
MAX_DEPTH = 64
"""The deepest nesting of objects and lists that is read; the outermost object counts as 1."""

Json = dict[str, Any]


def parsed(document: bytes) -> Json:
    """The JSON object in `document`.

    Raises:
        TooLarge, NotJson, TooDeep, NotACard: it is larger, other or deeper than a card may be.
    """
    if len(document) > MAX_BYTES:
        raise TooLarge(f"The card has {len(document)} bytes; at most {MAX_BYTES} are read.")
    try:
        value: object = json.loads(
            document.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        raise NotJson("The card is not UTF-8.") from None
    except RecursionError:
        raise TooDeep(f"The card is nested deeper than {MAX_DEPTH} levels.") from None
    except ValueError as error:
        raise NotJson(f"The card is not JSON: {error}.") from None
    return _checked(value)


def measured(value: Mapping[str, Any]) -> Json:
    """The same bounds for an object that somebody else has parsed; the object itself is returned.

    Raises:
        TooLarge, NotJson, TooDeep, NotACard: as for :func:`parsed`.
    """
    checked = _checked(value)
    try:
        size = len(json.dumps(checked, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode())
    except (TypeError, ValueError):
        raise NotJson("The card holds a value that JSON cannot carry.") from None
    if size > MAX_BYTES:
        raise TooLarge(f"The card has {size} bytes; at most {MAX_BYTES} are read.")
    return checked


def _checked(value: object) -> Json:
    if not isinstance(value, dict):
        raise NotACard("An agent card is a JSON object.")
    pending: list[tuple[object, int]] = [(cast(object, value), 1)]
    while pending:
        item, depth = pending.pop()
        if isinstance(item, str):
            _no_surrogate(item)
            continue
        if not isinstance(item, dict | list):
            continue
        if depth > MAX_DEPTH:
            raise TooDeep(f"The card is nested deeper than {MAX_DEPTH} levels.")
        container = cast("dict[str, object] | list[object]", item)
        if isinstance(container, dict):
            pending.extend((key, depth) for key in container)
            pending.extend((child, depth + 1) for child in container.values())
        else:
            pending.extend((child, depth + 1) for child in container)
    return cast(Json, value)


def _object(pairs: list[tuple[str, Any]]) -> Json:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the field {twice!r} stands there twice")
    return made


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _no_surrogate(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotJson("The card holds text that is not Unicode (half of a surrogate pair).") from None
