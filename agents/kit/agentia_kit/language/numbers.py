"""Numbers as people write them, read and written."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

_NAMES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
"""
_NAMED = {name: value for value, name in enumerate(_NAMES.split())}
_WRITTEN = re.compile(r"\d[\d,]*(\.\d+)?[km]?", re.IGNORECASE)
_SCALE = {"k": 1_000, "m": 1_000_000}


def number_of(text: str) -> float | int | None:
    """The number that `text` (one word) says: "12", "1,250.5", "3k", "seven"; None when it says none."""
    lowered = text.casefold()
    if lowered in _NAMED:
        return _NAMED[lowered]
    if not _WRITTEN.fullmatch(lowered):
        return None
    scale = _SCALE.get(lowered[-1], 1)
    digits = lowered.rstrip("km").replace(",", "")
    value = float(digits) * scale
    return int(value) if value.is_integer() else value


def figure(value: object) -> str:
    """A value as it stands in a sentence: 1234567.891 is "1,234,567.89"; text and dates stay as they are."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return _decimal(value)
    return str(value)


def share(part: float, whole: float) -> str:
    """`part` of `whole` in percent: "41.7 %"."""
    return f"{_rounded(100 * part / whole, '0.1')} %"


def _decimal(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    if 0 < abs(value) < 0.01:
        return f"{value:.3g}"
    if not math.isfinite(value):
        return str(value)
    return f"{_rounded(value, '0.01'):,}".rstrip("0").rstrip(".")


def _rounded(value: float, places: str) -> Decimal:
    """Half up, as people round."""
    return Decimal(repr(value)).quantize(Decimal(places), ROUND_HALF_UP)
