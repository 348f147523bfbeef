"""SVG elements as text, with everything escaped that came from outside."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CHARACTER_WIDTH = 0.56
"""Of the font size, on average; a little more than most sans-serif fonts take."""


def element(name: str, *children: str, **attributes: str | float) -> str:
    """An element; `_` in the names of attributes stands for `-`, numbers are rounded to tenths."""
    written = "".join(
        f" {key.strip('_').replace('_', '-')}={quoteattr(_written(value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def words(text: str) -> str:
    """Text between tags."""
    return escape(NOT_IN_XML.sub("", text))


def label(text: str, x: float, y: float, size: int = 12, **attributes: str | float) -> str:
    """A piece of text at a place."""
    return element("text", words(text), x=x, y=y, font_size=size, **attributes)


def shortened(text: str, width: float, size: int = 12) -> str:
    """The text, cut with an ellipsis where it would be wider than `width`."""
    fitting = max(int(width / (size * CHARACTER_WIDTH)), 1)
    flat = " ".join(text.split())
    return flat if len(flat) <= fitting else flat[: max(fitting - 1, 1)].rstrip() + "…"


def width_of(text: str, size: int = 12) -> float:
    """About how wide a text is."""
    return len(text) * size * CHARACTER_WIDTH


def _written(value: str | float) -> str:
    if isinstance(value, str):
        return NOT_IN_XML.sub("", value)
    return f"{value:.1f}".removesuffix(".0")
