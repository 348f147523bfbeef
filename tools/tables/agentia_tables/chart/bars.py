"""Bars from zero, one per row; with few of them the value stands at the end of each."""

from __future__ import annotations

from agentia_tables.chart.plane import INK, Plane, axes
from agentia_tables.chart.reading import Points
from agentia_tables.chart.svg import element, label, words
from agentia_tables.chart.ticks import written

COLOUR, BELOW_ZERO = "#2f6db3", "#c8553d"
WITH_VALUES = 12


def bars(on: Plane, points: Points, height: float) -> list[str]:
    """Axes and bars."""
    slot = on.width / len(points.values)
    thick = min(slot * 0.7, 72)
    middles = [on.left + slot * (number + 0.5) for number in range(len(points.values))]
    drawn = axes(on, points, middles, height)
    zero = on.up(0)
    for text, value, middle in zip(points.labels, points.values, middles, strict=True):
        end = on.up(value)
        drawn.append(
            element(
                "rect",
                element("title", words(f"{text}: {written(value)}")),
                x=middle - thick / 2,
                y=min(zero, end),
                width=thick,
                height=max(abs(zero - end), 0.5),
                rx=2,
                fill=COLOUR if value >= 0 else BELOW_ZERO,
            )
        )
        if len(points.values) <= WITH_VALUES:
            y = end - 6 if value >= 0 else end + 15
            drawn.append(label(written(value), middle, y, 12, fill=INK, text_anchor="middle"))
    return drawn
