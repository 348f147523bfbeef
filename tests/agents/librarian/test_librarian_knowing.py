"""Which words of the documents the librarian is found by."""

from __future__ import annotations

from typing import Any

from agentia_documents.app import server
from agentia_librarian.knowing import knowing_of, words_of
from agentia_testing.tool_client import tool_client


def test_titles_come_before_headings_and_headings_by_turns() -> None:
    documents = [
        {"title": "Terms of the shop", "headings": ["Refunds", "Delivery"]},
        {"title": "Bylaws", "headings": ["Ladders"]},
    ]
    assert list(words_of(documents)) == ["terms", "shop", "bylaws", "refunds", "ladders", "delivery"]


async def test_the_words_are_those_of_the_folder(tmp_path: Any) -> None:
    (tmp_path / "bylaws.md").write_text("# Bylaws\n\nOf the orchard.\n\n## Ladders\n\nInspected in May.\n")
    async with tool_client(server("documents", tmp_path)) as tools:
        known = await knowing_of(f"{tools.url}mcp")()
    assert known == {"find-in-documents": ["bylaws", "bylaws", "ladders"]}
