"""The writer as its callers meet it."""

from __future__ import annotations

from typing import Any

from a2a.types.a2a_pb2 import Part

import agentia_writer.app
from agentia_kit import table
from agentia_testing.asking import texts

TEXT = "The harbour is late. The delay costs 40,000 EUR. The permit is expected on 3 May."


async def test_a_brief_is_made_of_the_parts_of_the_message(serve_sample: Any) -> None:
    async with serve_sample(agentia_writer.app.service, "writer") as writer:
        heard = await writer.ask(
            "Write a two-paragraph brief for the manager",
            *texts(TEXT),
            table(["region", "units"], [["North", 5], ["South", 7]]),
        )
    assert heard.state == "COMPLETED"
    assert len(heard.text.split("\n\n")) == 2
    assert "40,000 EUR" in heard.text
    assert "South has the highest units with 7" in heard.text


async def test_an_attached_file_is_material(serve_sample: Any) -> None:
    part = Part(raw=TEXT.encode(), media_type="text/plain", filename="notes.txt")
    async with serve_sample(agentia_writer.app.service, "writer") as writer:
        heard = await writer.ask("Summarise it in one sentence", part)
    assert heard.text in TEXT


async def test_without_material_the_task_waits_for_it(serve_sample: Any) -> None:
    async with serve_sample(agentia_writer.app.service, "writer") as writer:
        first = await writer.ask("Write a one-paragraph brief for the board")
        assert first.state == "INPUT_REQUIRED"
        second = await writer.ask(TEXT, after=first)
    assert second.state == "COMPLETED"
    assert "40,000 EUR" in second.text
