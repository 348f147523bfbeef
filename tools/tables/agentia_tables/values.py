"""Values of DuckDB as values of JSON, exact where JSON allows it.

Decimals become numbers when a double holds them exactly as written, else text; so do integers beyond
2^53. Doubles have 15 significant digits. Dates and times become ISO 8601, blobs base64, and what JSON
has no word for (NaN, infinity) null.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, cast

SAFE = 2**53
DIGITS = 15
"""Significant digits that a double holds for certain: what it says beyond is noise of the arithmetic."""


def plain(value: object) -> Any:
    """The value of JSON for a value of DuckDB."""
    match value:
        case None | bool() | str():
            return value
        case int():
            return value if -SAFE <= value <= SAFE else str(value)
        case float():
            return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
        case Decimal():
            return _decimal(value)
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case bytes():
            return base64.b64encode(value).decode()
        case Mapping():
            return {str(key): plain(each) for key, each in cast("Mapping[object, object]", value).items()}
        case Sequence():
            return [plain(each) for each in cast("Sequence[object]", value)]
        case _:
            return str(value)


def size(value: Any) -> int:
    """About how many characters a value of JSON takes."""
    match value:
        case str():
            return len(value)
        case dict():
            return sum(len(key) + size(each) for key, each in cast("dict[str, Any]", value).items())
        case list():
            return sum(size(each) for each in cast("list[Any]", value))
        case _:
            return 8


def _decimal(value: Decimal) -> int | float | str | None:
    if not value.is_finite():
        return None
    if value == value.to_integral_value():
        return plain(int(value))
    number = float(value)
    return number if Decimal(repr(number)) == value else str(value)
