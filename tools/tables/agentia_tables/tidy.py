"""Text that is really a number or a date: `1.234,50`, `$1,200`, `31.12.2025`, with `n/a` for nothing.

A column is rewritten only when every value that is there fits one reading, and never when two
readings would give different values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agentia_tables import duck
from agentia_tables.names import quoted
from agentia_tables.source import Column

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection

NOTHING = "('', 'na', 'n/a', '-', '–', 'null', 'none', 'nan')"
MONEY = r"^\s*[-+]?\s*[€$£]?\s*|\s*[€$£]?\s*$"


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read text: `fits` is a condition on the text {v}, `value` what it then stands for.

    `tells` is a condition that at least one value has to meet, so that a reading is not taken by
    chance; with `gaps` it is enough that some values are missing (`n/a`).
    """

    fits: str
    value: str
    tells: str = "true"
    gaps: bool = False
    number: bool = False


def _matches(pattern: str) -> str:
    return f"regexp_matches({{v}}, {duck.text(pattern)})"


def _number(digits: str, tells: str, cleaned: str, gaps: bool = False) -> Reading:
    fits = _matches(rf"^[-+]?[€$£]?\s?{digits}\s?[€$£]?$")
    return Reading(fits, f"try_cast({cleaned} AS DOUBLE)", tells, gaps, number=True)


def _date(order: str, tells: str = "true") -> Reading:
    parsed = f"try_strptime({{v}}, '{order}')"
    return Reading(f"{parsed} IS NOT NULL", f"CAST({parsed} AS DATE)", tells)


BARE = "regexp_replace({v}, '[€$£\\s+]', '', 'g')"
READINGS: tuple[Reading, ...] = (
    _number(r"(0|[1-9]\d{{0,14}})(\.\d+)?", _matches("[€$£]"), BARE, gaps=True),
    _number(
        r"(\d{{1,3}}(,\d{{3}})+|\d{{1,3}})(\.\d+)?", _matches(r"\d,\d{{3}}"), f"replace({BARE}, ',', '')"
    ),
    _number(
        r"(\d{{1,3}}(\.\d{{3}})+|\d+)(,\d+)?",
        _matches(r",(\d{{1,2}}|\d{{4,}})\D*$|\.\d{{3}},"),
        f"replace(replace({BARE}, '.', ''), ',', '.')",
    ),
    _date("%Y-%m-%d"),
    Reading(
        _matches(r"^\d{{4}}-\d{{2}}-\d{{2}}[T ]\d{{2}}:\d{{2}}")
        + " AND try_cast({v} AS TIMESTAMP) IS NOT NULL",
        "try_cast({v} AS TIMESTAMP)",
    ),
    _date("%d.%m.%Y"),
    _date("%d/%m/%Y", "try_strptime({v}, '%m/%d/%Y') IS NULL"),
    _date("%m/%d/%Y", "try_strptime({v}, '%d/%m/%Y') IS NULL"),
)


def tidied(connection: DuckDBPyConnection, raw: Path, columns: Sequence[Column]) -> str | None:
    """The select list that reads the columns of the Parquet file `raw` tidily, or None when it is tidy."""
    texts = [column for column in columns if column.type == "VARCHAR"]
    readings = {column.name: reading for column in texts if (reading := _reading(connection, raw, column))}
    if not readings:
        return None
    return ", ".join(
        f"{_tidy(column.name, readings[column.name])} AS {quoted(column.name)}"
        if column.name in readings
        else quoted(column.name)
        for column in columns
    )


def _reading(connection: DuckDBPyConnection, raw: Path, column: Column) -> Reading | None:
    value = f"trim({quoted(column.name)})"
    missing = f"lower({value}) IN {NOTHING}"
    counts = ", ".join(
        f"count(*) FILTER (NOT {missing} AND {reading.fits.format(v=value)}),"
        f" coalesce(bool_or(NOT {missing} AND {reading.tells.format(v=value)}), false)"
        for reading in READINGS
    )
    found = connection.execute(
        f"SELECT count(*) FILTER (NOT {missing}), count(*) FILTER ({missing}), {counts}"  # noqa: S608
        f" FROM read_parquet({duck.text(raw)})"
    ).fetchone()
    if not found or not found[0]:
        return None
    whole, gaps, *rest = found
    for reading, fits, tells in zip(READINGS, rest[::2], rest[1::2], strict=True):
        if fits == whole and (tells or (reading.gaps and gaps)):
            return _whole_numbers(connection, raw, column, reading) if reading.number else reading
    return None


def _whole_numbers(connection: DuckDBPyConnection, raw: Path, column: Column, reading: Reading) -> Reading:
    """The same reading, as integers when all its numbers are."""
    value = _tidy(column.name, reading)
    found = connection.execute(
        f"SELECT bool_and(v = floor(v)) FROM (SELECT {value} AS v FROM read_parquet({duck.text(raw)}))"  # noqa: S608
    ).fetchone()
    return replace(reading, value=f"CAST({reading.value} AS BIGINT)") if found and found[0] else reading


def _tidy(name: str, reading: Reading) -> str:
    value = f"trim({quoted(name)})"
    return f"CASE WHEN lower({value}) IN {NOTHING} THEN NULL ELSE {reading.value.format(v=value)} END"
