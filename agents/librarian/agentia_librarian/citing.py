"""The tool `cite`: what the librarian quotes becomes a data part that programs can check."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from agents import function_tool
from pydantic import BaseModel, Field

from agentia_librarian.passages import Quotation


class Cited(BaseModel):
    """A quotation with its place, as `search_documents` gave it."""

    quote: str = Field(description="the words exactly as the document has them")
    path: str
    line_start: int
    line_end: int
    heading: str | None
    page: int | None


@function_tool
def cite(quotations: list[Cited]) -> str:
    """Hand the quotations that answer the question to the caller, before you answer in words."""
    return json.dumps({"quotations": [each.model_dump() for each in quotations]}, ensure_ascii=False)


def cited(quotations: Sequence[Quotation]) -> dict[str, Any]:
    """The arguments of `cite` for these quotations."""
    return {"quotations": [asdict(each) for each in quotations]}
