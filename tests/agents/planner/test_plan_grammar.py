"""How a task falls apart into steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentia_planner.grammar import plan

TASKS: list[tuple[str, list[tuple[str, list[int]]]]] = [
    (
        "Which region sold most in sales.csv? Chart it and write a two-paragraph brief for the manager",
        [
            ("Which region sold most in sales.csv? Chart it", []),
            ("Write a two-paragraph brief for the manager", [1]),
        ],
    ),
    (
        "Total revenue by month, chart it, then summarise it in three bullet points.",
        [("Total revenue by month. Chart it", []), ("Summarise it in three bullet points.", [1])],
    ),
    (
        "Find what the handbook says about leave and compute the total units in sales.csv, and summarise it.",
        [
            ("Find what the handbook says about leave", []),
            ("Compute the total units in sales.csv", []),
            ("Summarise it.", [1, 2]),
        ],
    ),
    (
        "How many days of holiday do we have? Which product sold least?",
        [("How many days of holiday do we have?", []), ("Which product sold least?", [])],
    ),
    (
        "Summarise handbook.md in two sentences",
        [("Read the document handbook.md", []), ("Summarise handbook.md in two sentences", [1])],
    ),
    (
        "Please find and quote the rule about taxis",
        [("Find and quote the rule about taxis", [])],
    ),
    (
        "Give me a table and chart of revenue by region",
        [("Give me a table and chart of revenue by region", [])],
    ),
    ("Compare North and South", [("Compare North and South", [])]),
    (
        "Chart revenue by region; write a headline",
        [("Chart revenue by region", []), ("Write a headline", [1])],
    ),
    (
        "Quote the passage “buy milk, and write a brief” from notes.txt",
        [("Quote the passage “buy milk, and write a brief” from notes.txt", [])],
    ),
    (
        "Which customer paid most and what does the contract say about that?",
        [("Which customer paid most", []), ("What does the contract say about that?", [1])],
    ),
    ("Write a poem about rain", [("Write a poem about rain", [])]),
]


@pytest.mark.parametrize(("task", "steps"), TASKS, ids=[task[:40] for task, _ in TASKS])
def test_a_task_falls_apart_at_its_clauses(task: str, steps: list[tuple[str, list[int]]]) -> None:
    found = plan(task)
    assert found is not None
    assert [(step.task, step.needs) for step in found.steps] == steps


@pytest.mark.parametrize("task", ["", "   ", "\n\n"])
def test_no_words_are_no_plan(task: str) -> None:
    assert plan(task) is None


@given(st.text(max_size=400))
def test_any_text_gives_steps_that_need_only_earlier_ones(task: str) -> None:
    found = plan(task)
    for number, step in enumerate(found.steps if found else [], 1):
        assert all(1 <= need < number for need in step.needs)
