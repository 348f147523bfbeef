"""Round numbers along an axis, and how numbers are written."""

from __future__ import annotations

import math

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
SMALLEST = 1e-300
"""Below this a value counts as nothing: steps of it could not be told apart any more."""
SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"))


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round values from at most `low` to at least `high`, equally far apart, `about` as many as asked."""
    if max(abs(low), abs(high)) < SMALLEST:
        low, high = 0.0, 1.0
    elif not high > low:
        low, high = min(low, 0.0), max(high, 0.0)
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in STEPS if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [number * step for number in range(first, last + 1)]


def written(value: float, step: float = 0.0) -> str:
    """A number with thousands separated; millions and more shortened; decimals as `step` needs them."""
    for scale, letter in SCALES:
        if abs(value) >= scale:
            return f"{value / scale:.4g}{letter}"
    if step:
        decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        decimals += 1 if decimals < 12 and abs(round(step, decimals) - step) > step / 100 else 0
    else:
        decimals = 0 if value == int(value) else max(0, 3 - math.floor(math.log10(abs(value)) + 1e-9))
    text = f"{value:,.{min(decimals, 12)}f}"
    if not step and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text
