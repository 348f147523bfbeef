"""The librarian's rule book over the tools of `documents`."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from agentia_documents.index import Index
from agentia_documents.tools import DocumentTools
from agentia_fabric import samples
from agentia_fabric.toolserver.folder import Folder
from agentia_librarian.rules import LibrarianRules
from agentia_testing.rule_runs import Played, play


@pytest.fixture(scope="module")
def tools() -> Iterator[DocumentTools]:
    index = Index(Folder(samples.folder()))
    yield DocumentTools(index)
    index.close()


def cite(quotations: list[dict[str, object]]) -> SimpleNamespace:
    return SimpleNamespace(model_dump=lambda mode: {"quotations": quotations})


def asked(tools: DocumentTools, question: str) -> Played:
    return play(LibrarianRules(), question, [*tools.all(), cite])


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How many days of holiday do we get?", "28 days of paid holiday"),
        ("When does core time start?", "10:00"),
        ("How much is the daily allowance for meals?", "38 euros"),
        ("How long do damaged goods have to be reported?", "within seven days"),
        ("When is the Winter Spice blend launched?", "1 December 2025"),
        ("What is the learning budget?", "900 euros"),
        ("Who approves trips under 400 euros?", "team lead"),
        ("Quote what the travel policy says about hotels", "140 euros"),
    ],
)
def test_questions_are_answered_with_a_quotation(tools: DocumentTools, question: str, words: str) -> None:
    played = asked(tools, question)
    assert words in " ".join(played.text.split())
    assert words in " ".join(played.of("cite")[0]["quotations"][0]["quote"].split())


def test_a_quotation_comes_with_its_place(tools: DocumentTools) -> None:
    text = asked(tools, "What is the learning budget?").text
    assert "> — handbook.md, “Learning”, line" in text


def test_documents_are_listed(tools: DocumentTools) -> None:
    assert "- handbook.md" in asked(tools, "Which documents are there?").text


def test_a_document_is_read(tools: DocumentTools) -> None:
    assert "Damaged goods are reported" in asked(tools, "Read deliveries.txt").text


def test_a_document_that_is_not_there_is_said(tools: DocumentTools) -> None:
    assert asked(tools, "Read nosuch.md").text.startswith("The tool `read_document` refused")


def test_nothing_is_invented(tools: DocumentTools) -> None:
    played = asked(tools, "What is the capital of Mongolia?")
    assert played.text.startswith("Nothing in the documents answers this.")
    assert not played.of("cite")


def test_what_cannot_be_searched_for_is_said(tools: DocumentTools) -> None:
    assert asked(tools, "What is it?").text.startswith("I could not tell what to look for.")


def test_that_a_file_of_the_message_is_not_searched_is_said(tools: DocumentTools) -> None:
    played = play(
        LibrarianRules(), "What is the learning budget?", [*tools.all(), cite], files={"notes.md": "# Notes"}
    )
    assert played.text.endswith("or have the writer summarise it._")
