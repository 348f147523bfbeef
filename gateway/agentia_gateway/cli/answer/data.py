"""Data that is no table, for people: whole numbers whole, lists of records as a table, nothing told twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

from agentia_gateway.cli.a2a.event import Json
from agentia_gateway.cli.terminal import say, table

_EXACT = 2**53
_TELLING = 12
"""Characters from which a text is told again when it stands elsewhere too."""


def whole(value: Any) -> Any:
    """The value with 17 where it says 17.0: protocol buffers know no integers in data."""
    match value:
        case float() if value.is_integer() and abs(value) < _EXACT:
            return int(value)
        case list():
            return [whole(each) for each in cast("list[Any]", value)]
        case dict():
            return {name: whole(each) for name, each in cast(Json, value).items()}
        case _:
            return value


def repeats(value: Any, text: str) -> bool:
    """Whether all that the data says in words stands in `text` already, such as quotations."""
    flat = _flat(text)
    words = [said for said in map(_flat, _strings(value)) if len(said) >= _TELLING]
    return bool(words) and all(said in flat for said in words)


def show(value: Any) -> None:
    """Print the data: a list of records as a table, anything else as JSON."""
    for name, records in _lists(value):
        say(f"── {name}", dim=True)
        columns = list(dict.fromkeys(column for record in records for column in record))
        filled = [column for column in columns if any(record.get(column) is not None for record in records)]
        table(filled, [[record.get(column) for column in filled] for record in records])
        return
    say(json.dumps(value, ensure_ascii=False, indent=2))


def _lists(value: Any) -> Iterator[tuple[str, list[Json]]]:
    """The one list of flat records that the data holds under a name."""
    if isinstance(value, dict) and len(cast(Json, value)) == 1:
        ((name, listed),) = cast(Json, value).items()
        records = cast("list[Any]", listed) if isinstance(listed, list) else []
        if records and all(isinstance(each, dict) and not _is_nested(cast(Json, each)) for each in records):
            yield name, records


def _is_nested(record: Json) -> bool:
    return any(isinstance(each, dict | list) for each in record.values())


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in cast("list[Any]", value):
                yield from _strings(each)
        case dict():
            for each in cast(Json, value).values():
                yield from _strings(each)
        case _:
            return


def _flat(text: str) -> str:
    return " ".join(text.replace(">", " ").split())
