"""What a table is made from, and what it is once it is prepared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agentia_fabric.toolserver.folder import FoundFile


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or the table `inner` of a database file; `format` is csv, tsv, json, parquet or sqlite."""

    table: str
    file: FoundFile
    format: str
    inner: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `type` as DuckDB writes it."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table that can be queried: a Parquet file, the original or one made from it."""

    parquet: Path
    rows: int
    columns: tuple[Column, ...]
