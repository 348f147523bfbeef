"""What of the tools' results the caller gets: the chart as SVG, the table as CSV and as data.

The data part is `{"columns": […], "rows": [[…]], "sources": [path]}`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, cast

from a2a.types.a2a_pb2 import Part

from agentia_analyst.card import CSV
from agentia_analyst.sql import TOTAL
from agentia_analyst.values import COLUMNS
from agentia_kit import Made, data, svg


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
            if columns in ([TOTAL], COLUMNS) or not value["rows"]:
                return []
            return [_table(columns, value["rows"], value.get("sources", []))]
        case _:
            return []


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]], sources: Sequence[str]) -> Made:
    file = Part(raw=_csv(columns, rows).encode(), media_type=CSV, filename="table.csv")
    told = data({"columns": list(columns), "rows": [list(row) for row in rows], "sources": list(sources)})
    return Made("table", [told, file])


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
