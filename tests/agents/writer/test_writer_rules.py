"""The writer's rule book: where material comes from, and what it says without any."""

from __future__ import annotations

import json

from agentia_kit.rule import Said
from agentia_testing.rule_runs import play
from agentia_writer.rules import ASK, WriterRules

TEXT = "The harbour is late. The delay costs 40,000 EUR. The permit is expected on 3 May."
TABLE = json.dumps({"columns": ["region", "units"], "rows": [["North", 5], ["South", 7]]})


def written(question: str, *material: str, history: tuple[Said, ...] = ()) -> str:
    return play(WriterRules(), question, [], material=material, history=history).text


def test_a_brief_is_written_from_what_came_with_the_message() -> None:
    text = written("Write a two-paragraph brief for the manager", TEXT, TABLE)
    assert len(text.split("\n\n")) == 2
    assert "South has the highest units with 7" in text


def test_material_may_stand_behind_the_order() -> None:
    assert written(f"Summarise in one sentence: {TEXT}") in TEXT


def test_without_material_it_asks() -> None:
    assert written("Write a brief for the board").startswith(ASK)


def test_the_answer_to_its_question_is_the_material() -> None:
    said = (Said("user", "Write one paragraph"), Said("agent", f"{ASK} Send it."))
    assert "40,000 EUR" in written(TEXT, history=said)


def test_the_answer_before_is_material_for_what_follows() -> None:
    said = (Said("user", "How is the harbour?"), Said("agent", TEXT))
    assert written("Give it a headline", history=said) == "The harbour is late"


def test_what_is_no_order_is_said() -> None:
    assert written("What is the weather?").startswith("I cannot tell what to write.")


def test_too_little_material_is_said() -> None:
    assert "too few for 5 paragraphs" in written("Write five paragraphs", TEXT)
