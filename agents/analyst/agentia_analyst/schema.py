"""What the analyst knows of the tables: names and kinds of columns, as the server `tables` told them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any, Literal

from agentia_kit.language.vocabulary import wordset
from agentia_kit.language.words import name_stems, stem

Kind = Literal["number", "date", "text", "boolean"]

_NUMERIC = re.compile(
    r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER|\d+)?\b|FLOAT|DOUBLE|REAL|DECIMAL|NUMERIC|NUMBER", re.IGNORECASE
)
_DATE = re.compile(r"DATE|TIMESTAMP", re.IGNORECASE)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ].*)?")
_IDENTIFIER = frozenset(
    map(stem, wordset("id uuid guid key zip postcode phone code nr no index isbn ean sku"))
)
_CALENDAR = frozenset(map(stem, wordset("year month week quarter day hour weekday")))
_INTENSIVE_NAMES = wordset("""
    price rate percent percentage pct ratio score rating age temperature temp margin average mean
    avg speed height level density grade humidity pressure share probability latency duration
    wave wind gust tide depth visibility altitude elevation width knots kmh mph celsius fahrenheit
""")
_INTENSIVE = frozenset(stem(word) for word in _INTENSIVE_NAMES)


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    name: str
    kind: Kind
    is_text: bool = False
    """Whether the stored type is text, as dates of SQLite and of odd CSV files are."""
    distinct: int | None = None
    low: object = None
    high: object = None

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of the words in its name."""
        return name_stems(self.name)

    @property
    def is_calendar(self) -> bool:
        """A number that names a period, such as a column `year`."""
        return self.kind == "number" and bool(self.stems) and self.stems[-1] in _CALENDAR

    @property
    def is_identifier(self) -> bool:
        """A number or text that only tells rows apart."""
        return bool(self.stems) and (self.stems[-1] in _IDENTIFIER or self.stems == ("number",))

    @property
    def is_measure(self) -> bool:
        """A number worth adding up or averaging."""
        return self.kind == "number" and not self.is_calendar and not self.is_identifier

    @property
    def is_intensive(self) -> bool:
        """A number of which a sum says nothing, such as a price or a temperature."""
        return any(word in _INTENSIVE for word in self.stems)


@dataclass(frozen=True)
class Table:
    """One table that can be asked about."""

    name: str
    path: str
    rows: int
    columns: tuple[Column, ...]

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """The stems of the words in its name."""
        return name_stems(self.name)

    @property
    def file(self) -> str:
        """The name of its file without folders."""
        return PurePosixPath(self.path).name

    @property
    def measures(self) -> tuple[Column, ...]:
        """Its columns that are worth adding up."""
        return tuple(column for column in self.columns if column.is_measure)

    @property
    def dates(self) -> tuple[Column, ...]:
        """Its columns that hold dates."""
        return tuple(column for column in self.columns if column.kind == "date")

    @property
    def categories(self) -> tuple[Column, ...]:
        """Its columns by which rows can be grouped under a name."""
        return tuple(
            column
            for column in self.columns
            if column.kind in ("text", "boolean") and not column.is_identifier
        )


def described(answer: Mapping[str, Any]) -> Table:
    """The table that `describe_table` told of."""
    columns = tuple(_column(each) for each in answer["columns"])
    return Table(answer["table"], answer.get("path", ""), int(answer.get("rows") or 0), columns)


def listed(answer: Mapping[str, Any]) -> tuple[Table, ...]:
    """The tables that `list_tables` told of, with less about their columns."""
    return tuple(described(each) for each in answer.get("tables", ()))


def is_numeric(stored: str) -> bool:
    """Whether a type of the server holds numbers."""
    return _NUMERIC.match(stored) is not None


def _column(facts: Mapping[str, Any]) -> Column:
    examples: Sequence[object] = facts.get("examples") or ()
    kind = _kind(str(facts.get("type", "")), examples)
    is_text = kind == "date" and not _DATE.match(str(facts.get("type", "")))
    return Column(
        str(facts["name"]), kind, is_text, facts.get("distinct"), facts.get("min"), facts.get("max")
    )


def _kind(stored: str, examples: Sequence[object]) -> Kind:
    if is_numeric(stored):
        return "number"
    if _DATE.match(stored):
        return "date"
    if stored.upper().startswith("BOOL"):
        return "boolean"
    known = [str(example) for example in examples if example is not None]
    return "date" if known and all(_ISO_DATE.fullmatch(text) for text in known) else "text"
