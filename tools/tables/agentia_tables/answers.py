"""What the tools give back."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

Cell = Any
"""A value of JSON: null, boolean, number, text, list or object."""


class SkippedFile(BaseModel):
    """A file that is no table."""

    path: str = Field(description="relative to the folder; empty for the folder itself")
    reason: str


class ColumnType(BaseModel):
    """A column of a table or a result."""

    name: str
    type: str = Field(description="of DuckDB, such as VARCHAR, BIGINT, DOUBLE, DATE")


class Table(BaseModel):
    """One table."""

    table: str = Field(description="the name to use in SQL")
    path: str
    format: str = Field(description="csv, tsv, json, parquet or sqlite")
    rows: int
    columns: list[ColumnType]


class Tables(BaseModel):
    """The tables of the folder."""

    tables: list[Table]
    skipped: list[SkippedFile]
    pending: int = Field(description="how many are not read yet: call again")


class ColumnProfile(ColumnType):
    """What a column holds."""

    nulls: int
    distinct: int | None = Field(description="null for lists and objects; an estimate beyond a million rows")
    min: Cell
    max: Cell
    examples: list[Cell] = Field(description="the most frequent values: 20 of a text, 5 of others")


class TableProfile(BaseModel):
    """A table and what its columns hold."""

    table: str
    path: str
    rows: int
    columns: list[ColumnProfile]


class Rows(BaseModel):
    """The result of a query."""

    columns: list[ColumnType]
    rows: list[list[Cell]] = Field(
        description="dates are ISO 8601, blobs base64; integers beyond 2^53 and long decimals are text"
    )
    row_count: int
    sources: list[str] = Field(description="the files that the statement reads")


class Chart(BaseModel):
    """A chart."""

    svg: str
    kind: str
    points: int
