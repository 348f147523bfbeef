from typing import Any

import pytest

from agentia_gateway.cli.task_rows import last_words, rows

SAID = {"role": "ROLE_AGENT", "parts": [{"text": 'Calling query with {"sql": "SELECT 1"}'}]}


def task(state: str, id_: str = "7dd0fcaf-e541", **fields: Any) -> dict[str, Any]:
    known = {"agent": "analyst", "asked": "Which region sold most? " * 9, "root": None}
    return {"id": id_, "status": {"state": f"TASK_STATE_{state}"}, **known, **fields}


def test_the_last_words_of_a_completed_task_are_its_answer() -> None:
    artifacts = [
        {"name": "answer", "parts": [{"text": "North sold most."}]},
        {"name": "notes", "parts": [{"text": "Of revenue."}]},
    ]

    assert last_words(task("COMPLETED", history=[SAID], artifacts=artifacts)) == "North sold most."


def test_the_last_words_of_a_task_that_works_are_what_it_does() -> None:
    assert last_words(task("WORKING", history=[SAID])) == "calling query …"


@pytest.mark.parametrize("width", ["100", "200"])
def test_no_line_is_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)

    (line,) = rows([task("WORKING", metadata={"urn:agentia:gone": True})])

    assert (line[0], line[2]) == ("7dd0fcaf", "WORKING, agent gone")
    assert sum(map(len, line)) + 17 <= int(width)


def test_ids_that_begin_alike_are_told_apart() -> None:
    shown = rows([task("WORKING", "task-number-1"), task("WORKING", "task-number-2")])

    assert [line[0] for line in shown] == ["task-number-1", "task-number-2"]
