"""What the writer writes from: texts and tables, whichever part of the message brought them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from agentia_kit.language.sentences import one_line, sentences
from agentia_kit.language.words import words

LONGEST = 200_000
"""Characters of material that are read."""


@dataclass(frozen=True)
class Table:
    """Columns and rows as an earlier step gave them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Material:
    """Sentences in reading order, and tables."""

    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write from."""
        return not self.sentences and not any(table.rows for table in self.tables)


def material(texts: Iterable[str]) -> Material:
    """Reads the parts of a message: JSON of tables and quotations, CSV, or plain text."""
    found: list[str] = []
    tables: list[Table] = []
    for text in texts:
        _take(text[:LONGEST], found, tables)
    return Material(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(tables)))


def _take(text: str, found: list[str], tables: list[Table]) -> None:
    value = _json(text)
    if value is not None:
        _value(value, found, tables)
    elif (table := _csv(text)) is not None:
        tables.append(table)
    else:
        found.extend(prose(text))


def prose(text: str) -> list[str]:
    """The sentences of a text worth repeating: no headings, places of quotations, table rows or notes."""
    kept: list[str] = []
    for line in sentences(_unquoted(text)):
        sentence = one_line(line.text).strip("*_ ")
        if sentence and not sentence.startswith(("|", "—", "```")) and _is_sentence(sentence):
            kept.append(sentence)
    return kept


def _is_sentence(text: str) -> bool:
    return sum(word.kind == "word" for word in words(text)) >= 3


def _unquoted(text: str) -> str:
    lines = (line.removeprefix(">").removeprefix(" ") for line in text.splitlines())
    return "\n".join(line for line in lines if not (line.startswith("_") and line.endswith("_")))


def _json(text: str) -> Any:
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _value(value: Any, found: list[str], tables: list[Table]) -> None:
    match value:
        case {"columns": list(), "rows": list()}:
            tables.append(_table(cast("Mapping[str, Any]", value)))
        case {"quotations": list()}:
            for quotation in cast("list[Mapping[str, Any]]", value["quotations"]):
                found.extend(prose(str(quotation.get("quote", ""))))
        case dict():
            for each in cast("dict[str, Any]", value).values():
                _value(each, found, tables)
        case list():
            _listed(cast("list[Any]", value), found, tables)
        case str():
            found.extend(prose(value))
        case _:
            return


def _listed(values: list[Any], found: list[str], tables: list[Table]) -> None:
    if values and all(isinstance(each, dict) for each in values):
        records = cast("list[dict[str, Any]]", values)
        columns = tuple(records[0])
        if all(tuple(record) == columns for record in records) and not _is_nested(records[0]):
            tables.append(Table(columns, tuple(tuple(record.values()) for record in records)))
            return
    for each in values:
        _value(each, found, tables)


def _is_nested(record: Mapping[str, Any]) -> bool:
    return any(isinstance(value, dict | list) for value in record.values())


def _table(value: Mapping[str, Any]) -> Table:
    columns = tuple(_column_name(each) for each in value["columns"])
    rows = cast("Sequence[Sequence[Any]]", value["rows"])
    return Table(columns, tuple(tuple(row) for row in rows if len(row) == len(columns)))


def _column_name(column: Any) -> str:
    return str(cast("Mapping[str, Any]", column).get("name", "")) if isinstance(column, dict) else str(column)


def _csv(text: str) -> Table | None:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or any(mark in lines[0] for mark in (". ", "? ", "! ")):
        return None
    delimiter = max(",;\t", key=lines[0].count)
    width = lines[0].count(delimiter)
    if not width or not all(line.count(delimiter) >= width for line in lines):
        return None
    rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter))
    if any(len(row) != len(rows[0]) for row in rows):
        return None
    return Table(tuple(rows[0]), tuple(tuple(_cell(cell) for cell in row) for row in rows[1:]))


def _cell(text: str) -> Any:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
