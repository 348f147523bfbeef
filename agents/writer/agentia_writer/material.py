"""What the writer writes from: texts and tables, whichever part of the message brought them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from agentia_kit.language.sentences import one_line, sentences
from agentia_kit.language.words import words
from agentia_writer.markdown import running_text
from agentia_writer.source import scope, whole
from agentia_writer.table import Table
from agentia_writer.told import untold

LONGEST = 200_000
"""Characters of material that are read."""


@dataclass(frozen=True)
class Material:
    """Sentences in reading order that say more than the tables, and the tables."""

    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    source: str = ""
    """Where the figures are from."""
    has_chart: bool = False
    """Whether a drawing of the figures goes along."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write from."""
        return not self.sentences and not any(table.rows for table in self.tables)


def material(texts: Iterable[str], files: Mapping[str, str] | None = None) -> Material:
    """Reads the parts of a message: JSON of tables and quotations, CSV, or plain text.

    `files` are those of them that came as files, by name. A file that another table was made from is
    not told itself.
    """
    given = _Given()
    names = {text: name for name, text in (files or {}).items()}
    for text in texts:
        _take(text[:LONGEST], given, names.get(text, ""))
    made_from = {source for table in given.tables if not table.is_file for source in table.sources}
    given.tables = [each for each in given.tables if not (each.is_file and made_from & {*each.sources})]
    said, stated = tuple(dict.fromkeys(given.found)), whole(given.found)
    tables = tuple(replace(table, whole=stated) for table in dict.fromkeys(given.tables))
    sources = dict.fromkeys(name for table in tables for name in table.sources)
    source = scope(said) if tables else ""
    return Material(
        tuple(untold(said, tables, source)), tables, source or " and ".join(sources), given.has_chart
    )


@dataclass
class _Given:
    """What has been read by now."""

    found: list[str] = field(default_factory=list[str])
    tables: list[Table] = field(default_factory=list[Table])
    has_chart: bool = False


def _take(text: str, given: _Given, name: str) -> None:
    value = _json(text)
    if value is not None:
        _value(value, given)
    elif text.lstrip().startswith("<svg"):
        given.has_chart = True
    elif (table := _csv(text)) is not None:
        given.tables.append(replace(table, sources=(name,) if name else (), is_file=bool(name)))
    else:
        given.found.extend(prose(text))


def prose(text: str) -> list[str]:
    """The sentences of a text worth repeating: no headings, code, places of quotations, tables or notes."""
    kept: list[str] = []
    for line in sentences(running_text(_unquoted(text))):
        sentence = one_line(line.text).strip("*_ ")
        if sentence and not sentence.startswith(("|", "—")) and _is_sentence(sentence):
            kept.append(sentence)
    return kept


def _is_sentence(text: str) -> bool:
    """Whether it says something by itself: what ends with a colon only leads to a list or to code."""
    return sum(word.kind == "word" for word in words(text)) >= 3 and not text.endswith(":")


def _unquoted(text: str) -> str:
    lines = (line[1:].removeprefix(" ") if line.startswith(">") else line for line in text.splitlines())
    return "\n".join(line for line in lines if not (line.startswith("_") and line.endswith("_")))


def _json(text: str) -> Any:
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _value(value: Any, given: _Given) -> None:
    match value:
        case {"columns": list(), "rows": list()}:
            given.tables.append(_table(cast("Mapping[str, Any]", value)))
        case {"quotations": list()}:
            for quotation in cast("list[Mapping[str, Any]]", value["quotations"]):
                given.found.extend(prose(str(quotation.get("quote", ""))))
        case {"attachments": list()}:
            types = (
                str(each.get("mediaType", ""))
                for each in cast("list[Mapping[str, Any]]", value["attachments"])
            )
            given.has_chart = given.has_chart or any(of.startswith("image/") for of in types)
        case dict():
            for each in cast("dict[str, Any]", value).values():
                _value(each, given)
        case list():
            _listed(cast("list[Any]", value), given)
        case str():
            given.found.extend(prose(value))
        case _:
            return


def _listed(values: list[Any], given: _Given) -> None:
    if values and all(isinstance(each, dict) for each in values):
        records = cast("list[dict[str, Any]]", values)
        columns = tuple(records[0])
        if all(tuple(record) == columns for record in records) and not _is_nested(records[0]):
            given.tables.append(Table(columns, tuple(tuple(record.values()) for record in records)))
            return
    for each in values:
        _value(each, given)


def _is_nested(record: Mapping[str, Any]) -> bool:
    return any(isinstance(value, dict | list) for value in record.values())


def _table(value: Mapping[str, Any]) -> Table:
    columns = tuple(_column_name(each) for each in value["columns"])
    rows = cast("Sequence[Sequence[Any]]", value["rows"])
    sources = tuple(str(each) for each in cast("Sequence[Any]", value.get("sources") or ()))
    return Table(columns, tuple(tuple(row) for row in rows if len(row) == len(columns)), sources)


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
