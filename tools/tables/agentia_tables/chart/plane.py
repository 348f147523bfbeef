"""The plane that bars and lines are drawn on: where values lie, gridlines, labels along both axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agentia_tables.chart.reading import Points
from agentia_tables.chart.svg import element, label, shortened, width_of
from agentia_tables.chart.ticks import ticks, written

INK, FAINT, GRID = "#1f2933", "#5b6673", "#e3e7ec"
LABEL, LONGEST_LABEL = 12, 140.0


@dataclass(frozen=True, slots=True)
class Plane:
    """A rectangle in pixels and the values at its marks; `turned` says that labels along x lean."""

    left: float
    top: float
    right: float
    bottom: float
    marks: list[float]
    turned: bool

    def up(self, value: float) -> float:
        """The y of a value."""
        low, high = self.marks[0], self.marks[-1]
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)

    @property
    def width(self) -> float:
        """In pixels."""
        return self.right - self.left


def plane(points: Points, width: float, top: float, height: float, bars: bool) -> Plane:
    """A plane below `top` with room for its labels; for bars it begins at zero, and every one is labelled."""
    low, high = min(points.values), max(points.values)
    if bars or 0 <= low < high / 3:
        low, high = min(low, 0.0), max(high, 0.0)
    marks = ticks(low, high)
    step = marks[1] - marks[0]
    left = 28 + max(width_of(written(mark, step)) for mark in marks)
    right = width - 24
    widest = max(width_of(shortened(text, LONGEST_LABEL)) for text in points.labels)
    turned = bars and widest + 8 > (right - left) / len(points.labels)
    if turned:  # the first label leans out to the left of its bar
        left = max(left, widest * 0.81 + 16 - (right - left) / len(points.labels) / 2)
    below = 34 + (widest * 0.6 + 8 if turned else 14)
    return Plane(left, top, right, height - below, marks, turned)


def axes(on: Plane, points: Points, at: Sequence[float], height: float) -> list[str]:
    """Gridlines with their values, labels below the places `at`, and the names of both axes."""
    step = on.marks[1] - on.marks[0]
    drawn: list[str] = []
    for mark in on.marks:
        y = on.up(mark)
        colour = FAINT if mark == 0 else GRID
        drawn.append(element("line", x1=on.left, x2=on.right, y1=y, y2=y, stroke=colour, stroke_width=1))
        drawn.append(label(written(mark, step), on.left - 8, y + 4, LABEL, fill=FAINT, text_anchor="end"))
    for position in _shown(at, 22.0 if on.turned else _room(points)):
        drawn.append(_below(on, shortened(points.labels[position], LONGEST_LABEL), at[position]))
    drawn.append(label(shortened(points.y_name, 300), on.left, on.top - 20, LABEL, fill=FAINT))
    middle = (on.left + on.right) / 2
    drawn.append(
        label(shortened(points.x_name, 300), middle, height - 12, LABEL, fill=FAINT, text_anchor="middle")
    )
    return drawn


def _below(on: Plane, text: str, x: float) -> str:
    y = on.bottom + 18
    if not on.turned:
        return label(text, x, y, LABEL, fill=INK, text_anchor="middle")
    turn = f"rotate(-36 {x:.1f} {y:.1f})"
    return label(text, x, y, LABEL, fill=INK, text_anchor="end", transform=turn)


def _room(points: Points) -> float:
    return max(width_of(shortened(text, LONGEST_LABEL)) for text in points.labels) + 8


def _shown(at: Sequence[float], room: float) -> list[int]:
    """Which labels to write so that none touches the one before it."""
    shown: list[int] = []
    for position, x in enumerate(at):
        if not shown or x - at[shown[-1]] >= room:
            shown.append(position)
    return shown
