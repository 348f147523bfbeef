"""The four tools."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field

from agentia_tables.answers import (
    Chart,
    ColumnProfile,
    ColumnType,
    Rows,
    SkippedFile,
    Table,
    TableProfile,
    Tables,
)
from agentia_tables.attached import Attached, shelf
from agentia_tables.catalog import Catalog
from agentia_tables.chart.drawing import KINDS, drawn
from agentia_tables.chart.reading import MOST_POINTS, series
from agentia_tables.describing import looked_through, profiles
from agentia_tables.engine import Engine
from agentia_tables.source import Column

ROWS = 5_000

Sql = Annotated[
    str, Field(min_length=1, description="one SELECT of DuckDB's SQL over the tables that list_tables names")
]


class TableTools:
    """Schema, SQL and charts over one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._engine = Engine()

    def all(self) -> tuple[Callable[..., Any], ...]:
        """The functions to publish."""
        return self.list_tables, self.describe_table, self.query, self.chart

    def list_tables(self, attached: Attached = None) -> Tables:
        """List the tables with their columns, and the files that cannot be read, with the reason."""
        with shelf(attached, self._catalog) as tables:
            survey = tables.survey()
        return Tables(
            tables=[
                Table(
                    table=source.table,
                    path=source.file.path,
                    format=source.format,
                    rows=made.rows,
                    columns=_columns(made.columns),
                )
                for source, made in survey.tables
            ],
            skipped=[SkippedFile(path=file.path, reason=file.reason) for file in survey.skipped],
            pending=survey.pending,
        )

    def describe_table(
        self,
        table: Annotated[str, Field(min_length=1, max_length=1_000, description="its name, or its file's")],
        attached: Attached = None,
    ) -> TableProfile:
        """Say what each column of a table holds: missing values, distinct values, range, frequent values."""
        with shelf(attached, self._catalog) as tables:
            source, made = tables.table(table)
            found = (looked_through if attached else profiles)(source, made)
        return TableProfile(
            table=source.table,
            path=source.file.path,
            rows=made.rows,
            columns=[
                ColumnProfile(
                    name=each.name,
                    type=each.type,
                    nulls=each.nulls,
                    distinct=each.distinct,
                    min=each.min,
                    max=each.max,
                    examples=each.examples,
                )
                for each in found
            ],
        )

    def query(
        self, sql: Sql, limit: Annotated[int, Field(ge=1, le=ROWS)] = 200, attached: Attached = None
    ) -> Rows:
        """Run one SELECT. A result with more rows than `limit` is an error: aggregate, or add LIMIT."""
        with shelf(attached, self._catalog) as tables:
            result = self._engine.run(tables, sql, limit)
        return Rows(
            columns=_columns(result.columns),
            rows=result.rows,
            row_count=len(result.rows),
            sources=list(result.sources),
        )

    def chart(
        self,
        sql: Sql,
        kind: Annotated[str, Field(json_schema_extra={"enum": list(KINDS)})],
        x: Annotated[
            str, Field(max_length=200, description="the column with the labels, dates or numbers along x")
        ],
        y: Annotated[str, Field(max_length=200, description="the column with the numbers")],
        title: Annotated[str, Field(max_length=200)],
        attached: Attached = None,
    ) -> Chart:
        """Draw the result of one SELECT as an SVG: one bar, point or slice per row, in their order."""
        with shelf(attached, self._catalog) as tables:
            result = self._engine.run(tables, sql, MOST_POINTS)
        points = series(result, kind, x, y)
        return Chart(svg=drawn(points, kind, title), kind=kind, points=len(points.values))


def _columns(columns: tuple[Column, ...]) -> list[ColumnType]:
    return [ColumnType(name=column.name, type=column.type) for column in columns]
