"""Where a task falls into clauses that may belong to different agents."""

from __future__ import annotations

import pytest

from agentia_gateway.routing.clauses import MOST, clauses

BRIEF = "write a two-paragraph brief for the manager"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"Which region sold most in sales.csv? Chart it and {BRIEF}",
            ["Which region sold most in sales.csv? Chart it", BRIEF],
        ),
        ("Which region sold most in sales.csv? Chart it", ["Which region sold most in sales.csv? Chart it"]),
        ("How many crates came from Skye?", ["How many crates came from Skye?"]),
        (
            "Find the rule about ladders, then summarise the minutes of May",
            ["Find the rule about ladders", "summarise the minutes of May"],
        ),
        ("Compare Elba and Skye by crates", ["Compare Elba and Skye by crates"]),
        ("Make a table and chart of wages", ["Make a table and chart of wages"]),
        ("Draw the harvest by island and then quote it", ["Draw the harvest by island quote it"]),
        ("Count the pickers; write a note", ["Count the pickers;", "write a note"]),
        ("Who picked most?\nWrite two lines about Una.", ["Who picked most?", "Write two lines about Una."]),
        ("", []),
        ("?!", []),
    ],
)
def test_a_clause_begins_where_another_thing_is_asked_for(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def test_the_number_of_clauses_is_bounded() -> None:
    found = clauses("Count the plums. " * 50)
    assert len(found) == MOST
    assert found[-1].count("plums") == 51 - MOST


def test_a_very_long_text_is_cut_in_no_time() -> None:
    assert clauses("and write " * 100_000)
