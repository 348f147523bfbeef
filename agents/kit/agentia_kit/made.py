"""What an agent makes besides its answer: charts, tables, files. Each becomes an artifact of the task."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from a2a.types.a2a_pb2 import Part
from google.protobuf.json_format import ParseDict
from google.protobuf.struct_pb2 import Value

SVG = "image/svg+xml"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Made:
    """A thing made: `name` is what people see, and what a file made of it is called."""

    name: str
    parts: Sequence[Part]


ArtifactsOf = Callable[[str, Any], list[Made]]
"""Of a tool's name and its (structured) result: what of it the caller gets as artifacts."""


def svg(text: str, filename: str = "chart.svg") -> Part:
    """A drawing."""
    return Part(raw=text.encode(), media_type=SVG, filename=filename)


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Part:
    """A table as data: `{"columns": […], "rows": [[…]]}`."""
    return data({"columns": list(columns), "rows": [list(row) for row in rows]})


def data(value: Any) -> Part:
    """Anything that JSON can say."""
    return Part(data=ParseDict(value, Value()), media_type=JSON)


def text(words: str, media_type: str = "text/markdown") -> Part:
    """A text, Markdown unless said otherwise."""
    return Part(text=words, media_type=media_type)
