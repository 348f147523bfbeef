"""A whole chart as SVG: the same points always give the same bytes; no script, nothing from elsewhere."""

from __future__ import annotations

import hashlib

from agentia_tables.chart.bars import bars
from agentia_tables.chart.lines import lines
from agentia_tables.chart.plane import INK, plane
from agentia_tables.chart.reading import Points
from agentia_tables.chart.slices import slices
from agentia_tables.chart.svg import element, label, shortened, words
from agentia_tables.chart.ticks import written

KINDS = ("bar", "line", "pie")
WIDTH, HEIGHT, TOP = 760.0, 440.0, 92.0
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def drawn(points: Points, kind: str, title: str) -> str:
    """The chart; readers of the screen hear its title and what it shows."""
    told = _told(points, kind)
    key = hashlib.sha256(f"{title}\0{told}\0{points}".encode(errors="replace")).hexdigest()[:8]
    body = _body(points, kind)
    return element(
        "svg",
        element("title", words(title) or "Chart", id=f"title-{key}"),
        element("desc", words(told), id=f"desc-{key}"),
        element("rect", width=WIDTH, height=HEIGHT, fill="#ffffff"),
        label(shortened(title, WIDTH - 48, 18), 24, 38, 18, fill=INK, font_weight="600"),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
        width=WIDTH,
        height=HEIGHT,
        role="img",
        aria_labelledby=f"title-{key} desc-{key}",
        font_family=FONT,
    )


def _body(points: Points, kind: str) -> list[str]:
    if kind == "pie":
        return slices(points, WIDTH, TOP - 16, HEIGHT)
    on = plane(points, WIDTH, TOP, HEIGHT, bars=kind == "bar")
    return (bars if kind == "bar" else lines)(on, points, HEIGHT)


def _told(points: Points, kind: str) -> str:
    """What the chart shows, in a sentence."""
    ranked = sorted(zip(points.values, points.labels, strict=True), key=lambda each: each[0])
    (least, where_least), (most, where_most) = ranked[0], ranked[-1]
    return (
        f"{kind.capitalize()} chart of {points.y_name} by {points.x_name}, {len(ranked)} points; "
        f"highest {where_most} with {written(most)}, lowest {where_least} with {written(least)}."
    )
