"""The librarian as its callers meet it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import agentia_librarian.app

RULES = "# Grumble club\n\n## Fees\n\nThe yearly fee is 77 krakens.\nIt is due on 4 May.\n"


async def test_an_answer_comes_with_quotation_and_place(serve_sample: Any, files: Path) -> None:
    (files / "rules.md").write_text(RULES)
    async with serve_sample(agentia_librarian.app.service, "librarian") as librarian:
        heard = await librarian.ask("How much is the yearly fee?")
    assert heard.state == "COMPLETED"
    assert heard.text == "> The yearly fee is 77 krakens.\n>\n> — rules.md, “Fees”, line 5"
    assert heard.data("quotations") == {
        "quotations": [
            {
                "quote": "The yearly fee is 77 krakens.",
                "path": "rules.md",
                "line_start": 5,
                "line_end": 5,
                "heading": "Fees",
                "page": None,
            }
        ]
    }


async def test_nothing_is_cited_when_nothing_answers(serve_sample: Any, files: Path) -> None:
    (files / "rules.md").write_text(RULES)
    async with serve_sample(agentia_librarian.app.service, "librarian") as librarian:
        heard = await librarian.ask("Who won the chess tournament?")
    assert heard.text.startswith("Nothing in the documents answers this.")
    assert not heard.named("quotations")


async def test_a_path_that_leads_outside_is_refused_in_words(serve_sample: Any, files: Path) -> None:
    (files / "rules.md").write_text(RULES)
    async with serve_sample(agentia_librarian.app.service, "librarian") as librarian:
        heard = await librarian.ask("Read ../../secret.txt")
    assert heard.state == "COMPLETED"
    assert heard.text.startswith("The tool `read_document` refused:")
