"""What a part of a message or artifact is to a person: text, a table, data, a file, a link."""

from __future__ import annotations

import base64
import binascii
import mimetypes
from dataclasses import dataclass
from typing import Any, cast

from agentia_gateway.cli.a2a.event import Json
from agentia_gateway.cli.answer.data import whole

_READABLE = ("", "text/plain", "text/markdown")


@dataclass(frozen=True, slots=True)
class Text:
    """Text to be read on the spot."""

    text: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Table:
    """Data in columns and rows."""

    columns: list[str]
    rows: list[list[Any]]


@dataclass(frozen=True, slots=True)
class Data:
    """Other structured data."""

    value: Any


@dataclass(frozen=True, slots=True)
class File:
    """Something to be kept; `name` is the sender's and may be empty."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Link:
    """A file that lies elsewhere."""

    url: str
    name: str


Piece = Text | Table | Data | File | Link


def piece_of(part: Json) -> Piece | None:
    """What a part holds; None for content that this version does not know or cannot read."""
    media_type, name = str(part.get("mediaType") or ""), str(part.get("filename") or "")
    match part:
        case {"text": str(text)}:
            readable = not name and media_type.partition(";")[0].strip().lower() in _READABLE
            return Text(text, media_type) if readable else File(name, media_type, text.encode())
        case {"raw": str(raw)}:
            try:
                return File(name, media_type, base64.b64decode(raw, validate=True))
            except binascii.Error:
                return None
        case {"url": str(url)}:
            return Link(url, name)
        case {"data": data}:
            return _table(whole(data)) or Data(whole(data))
        case _:
            return None


def extension(media_type: str, otherwise: str) -> str:
    """The usual ending of file names of a media type, with its dot."""
    return mimetypes.guess_extension(media_type.partition(";")[0].strip()) or otherwise


def _table(data: Any) -> Table | None:
    """Data that says `columns` (names, or objects with a name) and `rows` (lists)."""
    if not isinstance(data, dict):
        return None
    columns, rows = (cast(Json, data).get(name) for name in ("columns", "rows"))
    if not isinstance(columns, list) or not isinstance(rows, list):
        return None
    names = [_column_name(column) for column in cast("list[Any]", columns)]
    lists = [cast("list[Any]", row) if isinstance(row, list) else [] for row in cast("list[Any]", rows)]
    fits = bool(names) and all(names) and all(len(row) == len(names) for row in lists)
    return Table(names, lists) if fits else None


def _column_name(column: Any) -> str:
    match column:
        case str(name) | {"name": str(name)}:
            return name
        case _:
            return ""
