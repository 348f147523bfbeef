"""Questions as people ask them, about a contract, notes and a page of the web."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from agentia_documents.index import Index
from agentia_documents.tools import DocumentTools
from agentia_fabric.toolserver.folder import Folder
from agentia_librarian.rules import LibrarianRules
from agentia_testing.rule_runs import play

LEASE = """# Lease agreement

Between Marta Quist (landlord) and Ivo Brandt (tenant).

## Term
The lease begins on 1 September 2024 and ends on 31 August 2027. It may be extended once by two years.

## Pets
Dogs are not allowed. Cats are allowed with written consent of the landlord.

## Notice
Either party may give notice with three months to the end of a quarter.
"""
NOTES = """Project Heron, kick-off notes

Lena leads the project. Omar is responsible for the database migration, which starts in week 14.
We meet every Tuesday at 10:00 in room Falcon on the second floor.

Risks:
- The old server fails before the migration.
- Key people are on holiday in July.
"""
PAGE = (
    "<html><head><title>Solar panels</title></head><body><h1>Solar panels</h1>"
    "<h2>Cleaning</h2><p>Cleaning costs 90 euros per visit.</p></body></html>"
)


def cite(quotations: list[dict[str, object]]) -> SimpleNamespace:
    return SimpleNamespace(model_dump=lambda mode: {"quotations": quotations})


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentTools]:
    folder: Path = tmp_path_factory.mktemp("papers")
    (folder / "lease.md").write_text(LEASE)
    (folder / "notes.txt").write_text(NOTES)
    (folder / "panels.html").write_text(PAGE)
    index = Index(Folder(folder))
    yield DocumentTools(index)
    index.close()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When does the lease end?", "31 August 2027"),
        ("Who is the landlord?", "Marta Quist"),
        ("Are dogs allowed?", "Dogs are not allowed."),
        ("What is the notice period?", "three months"),
        ("Quote the pet rule", "Dogs are not allowed. Cats"),
        ("Who leads the project?", "Lena leads the project."),
        ("Who is responsible for the migration?", "Omar"),
        ("Where do we meet?", "second floor"),
        ("What are the risks?", "- Key people are on holiday in July."),
        ("What does cleaning cost?", "90 euros"),
    ],
)
def test_an_everyday_question_has_its_sentence(tools: DocumentTools, question: str, words: str) -> None:
    played = play(LibrarianRules(), question, [*tools.all(), cite])
    assert words in played.of("cite")[0]["quotations"][0]["quote"]


@pytest.mark.parametrize(
    "question", ["Who is the CEO?", "How much does a boat cost?", "When is the tax return due?"]
)
def test_a_question_beside_the_documents_gets_no_quotation(tools: DocumentTools, question: str) -> None:
    assert not play(LibrarianRules(), question, [*tools.all(), cite]).of("cite")
