"""What of the tools' results the caller gets: the table as data and as CSV, the chart as SVG."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, cast

from a2a.types.a2a_pb2 import Part

from agentia_analyst.card import CSV
from agentia_analyst.sql import TOTAL
from agentia_analyst.values import COLUMNS
from agentia_kit import Made, svg, table


def artifacts_of(tool: str, result: Any) -> list[Made]:
    """The artifacts that a tool's result is worth; look-ups and totals for shares are worth none."""
    if not isinstance(result, dict):
        return []
    value = cast("Mapping[str, Any]", result)
    match tool:
        case "chart" if "svg" in value:
            return [Made("chart", [svg(str(value["svg"]))])]
        case "query" if "rows" in value:
            columns = [str(column["name"]) for column in value["columns"]]
            return (
                [] if columns in ([TOTAL], COLUMNS) or not value["rows"] else [_table(columns, value["rows"])]
            )
        case _:
            return []


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Made:
    file = Part(raw=_csv(columns, rows).encode(), media_type=CSV, filename="table.csv")
    return Made("table", [table(columns, rows), file])


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
