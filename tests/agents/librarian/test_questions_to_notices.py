"""Questions to short notices: who, and yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from agentia_documents.index import Index
from agentia_documents.tools import DocumentTools
from agentia_fabric.toolserver.folder import Folder
from agentia_librarian.rules import LibrarianRules
from agentia_testing.rule_runs import Played, play

SAFETY = """# Safety on the quay

The annual safety drill takes place on 14 May at the north quay. The harbour master, Ines Falk, leads it.
Life jackets are kept in the red shed.
"""
LOST = """Lost property office
====================

The office opens at nine on weekdays. It is closed on Sundays.

Umbrellas are kept for three months.
"""
FOUND = """# Ticket office on Sundays

The ticket office opens at ten.
"""


def cite(quotations: list[dict[str, object]]) -> SimpleNamespace:
    return SimpleNamespace(model_dump=lambda mode: {"quotations": quotations})


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentTools]:
    folder: Path = tmp_path_factory.mktemp("notices")
    (folder / "safety.md").write_text(SAFETY)
    (folder / "lost.txt").write_text(LOST)
    (folder / "tickets.md").write_text(FOUND)
    index = Index(Folder(folder))
    yield DocumentTools(index)
    index.close()


def asked(tools: DocumentTools, question: str) -> Played:
    return play(LibrarianRules(), question, [*tools.all(), cite])


def quoted(tools: DocumentTools, question: str) -> str:
    return asked(tools, question).of("cite")[0]["quotations"][0]["quote"]


def test_who_is_answered_by_the_sentence_that_names_somebody_with_the_one_it_points_back_to(
    tools: DocumentTools,
) -> None:
    quote = quoted(tools, "Who leads the safety drill?")
    assert quote.startswith("The annual safety drill takes place")
    assert quote.endswith("The harbour master, Ines Falk, leads it.")


def test_a_title_is_not_the_answer_where_a_sentence_below_is(tools: DocumentTools) -> None:
    quote = quoted(tools, "Is the lost property office open on Sundays?")
    assert "It is closed on Sundays." in quote
    assert "====" not in quote
