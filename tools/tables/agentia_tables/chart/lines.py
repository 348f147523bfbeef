"""A line through the rows in their order; x is to scale when it is a number or a time."""

from __future__ import annotations

from agentia_tables.chart.plane import Plane, axes
from agentia_tables.chart.reading import Points
from agentia_tables.chart.svg import element, words
from agentia_tables.chart.ticks import written

COLOUR = "#2f6db3"
WITH_DOTS = 60
MARGIN = 16


def lines(on: Plane, points: Points, height: float) -> list[str]:
    """Axes and line; dots when there are few enough."""
    at = _across(on, points)
    drawn = axes(on, points, at, height)
    ends = list(zip(at, (on.up(value) for value in points.values), strict=True))
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in ends)
    drawn.append(
        element(
            "polyline", points=path, fill="none", stroke=COLOUR, stroke_width=2.5, stroke_linejoin="round"
        )
    )
    if len(ends) <= WITH_DOTS:
        for (x, y), text, value in zip(ends, points.labels, points.values, strict=True):
            title = element("title", words(f"{text}: {written(value)}"))
            drawn.append(
                element("circle", title, cx=x, cy=y, r=3.5, fill="#ffffff", stroke=COLOUR, stroke_width=2)
            )
    return drawn


def _across(on: Plane, points: Points) -> list[float]:
    count = len(points.values)
    left, width = on.left + MARGIN, on.width - 2 * MARGIN
    if count == 1:
        return [left + width / 2]
    places = points.places or [float(number) for number in range(count)]
    first, last = places[0], places[-1]
    return [left + (place - first) / (last - first) * width for place in places]
