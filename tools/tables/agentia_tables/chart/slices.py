"""A pie with its legend; the slices keep the order of the rows, clockwise from the top."""

from __future__ import annotations

import math

from agentia_tables.chart.plane import FAINT, INK
from agentia_tables.chart.reading import Points
from agentia_tables.chart.svg import element, label, shortened, words
from agentia_tables.chart.ticks import written

COLOURS = (
    *("#2f6db3", "#e08a3c", "#3f9b6a", "#b0508e", "#c9a227", "#4aa5b5"),
    *("#8a5a44", "#7a6fc0", "#d1495b", "#6b8e23", "#8c96a3", "#35495e"),
)
LINE = 24


def slices(points: Points, width: float, top: float, height: float) -> list[str]:
    """Slices on the left, labels with value and share on the right."""
    radius = (height - top - 30) / 2
    x, y = 40 + radius, top + radius
    whole = sum(points.values)
    drawn: list[str] = []
    begin = 0.0
    legend = x + radius + 48
    first = y - (len(points.values) - 1) * LINE / 2
    for number, (text, value) in enumerate(zip(points.labels, points.values, strict=True)):
        share, colour = value / whole, COLOURS[number % len(COLOURS)]
        told = f"{written(value)} ({share:.1%})"
        drawn.append(_slice(x, y, radius, begin, begin + share, colour, f"{text}: {told}"))
        row = first + number * LINE
        drawn.append(element("rect", x=legend, y=row - 10, width=12, height=12, rx=2, fill=colour))
        room = width - legend - 20 - len(told) * 7 - 20
        drawn.append(label(shortened(text, room, 13), legend + 20, row, 13, fill=INK))
        drawn.append(label(told, width - 20, row, 13, fill=FAINT, text_anchor="end"))
        begin += share
    return drawn


def _slice(x: float, y: float, radius: float, begin: float, end: float, colour: str, told: str) -> str:
    title = element("title", words(told))
    if end - begin > 0.9999:
        return element("circle", title, cx=x, cy=y, r=radius, fill=colour)
    (x1, y1), (x2, y2) = (
        (x + radius * math.sin(turn * math.tau), y - radius * math.cos(turn * math.tau))
        for turn in (begin, end)
    )
    large = 1 if end - begin > 0.5 else 0
    path = f"M{x:.1f} {y:.1f}L{x1:.1f} {y1:.1f}A{radius:.1f} {radius:.1f} 0 {large} 1 {x2:.1f} {y2:.1f}Z"
    return element("path", title, d=path, fill=colour, stroke="#ffffff", stroke_width=1.5)
