"""The librarian's grammar against the index of `documents`: a question, a search, the right sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agentia_documents.index import Index
from agentia_documents.tools import DocumentTools
from agentia_fabric.toolserver.folder import Folder
from agentia_librarian.asking import ask
from agentia_librarian.passages import passages
from agentia_librarian.picking import Picked, pick

POLICY = """# Zorbit travel rules

## Trains and cars

Employees travel by train below 600 km. A rented car needs the approval of Mira Falk,
who leads the travel desk. The desk is on the third floor of Harbour House.

## Money

- The daily allowance is 43 EUR in Norway and 51 EUR elsewhere.
- Receipts are due within 14 days. Reimbursement arrives on the 25th of the month.
- Taxi rides over 80 EUR need a reason in writing.
"""
HISTORY = """The company was founded on 3 May 1987 in Bodil by two fishermen.
In 2019 it moved to Harbour House.

It never had a dog. The canteen closes at 14:30 on Fridays.
"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentTools]:
    folder: Path = tmp_path_factory.mktemp("documents")
    (folder / "policy.md").write_text(POLICY)
    (folder / "history.txt").write_text(HISTORY)
    index = Index(Folder(folder))
    yield DocumentTools(index)
    index.close()


def picked(tools: DocumentTools, question: str) -> Picked:
    asked = ask(question)
    answer = tools.search_documents(asked.query or "nothing", limit=8, path=asked.path)
    return pick(asked, passages([answer.model_dump()]))


ANSWERS = [
    ("How much is the daily allowance in Norway?", "43 EUR"),
    ("When was the company founded?", "3 May 1987"),
    ("Who leads the travel desk?", "Mira Falk"),
    ("Where is the travel desk?", "third floor"),
    ("When are receipts due?", "14 days"),
    ("Find what the rules say about taxi rides", "Taxi rides over 80 EUR"),
    ("When does the canteen close?", "14:30"),
    ("Quote the passage about reimbursements", "Reimbursement arrives"),
    ("When did the company move to Harbour House?", "2019"),
    ("Do I need approval for a rented vehicle?", "approval of Mira Falk"),
    ("Below how many km do employees take the train?", "600 km"),
    ("What does policy.md say about taxis?", "Taxi rides"),
]


@pytest.mark.parametrize(("question", "words"), ANSWERS, ids=[question for question, _ in ANSWERS])
def test_the_sentence_that_answers_is_found(tools: DocumentTools, question: str, words: str) -> None:
    result = picked(tools, question)
    assert result.answers
    assert words in result.quotations[0].quote


@pytest.mark.parametrize("question", [question for question, _ in ANSWERS])
def test_a_quotation_stands_where_it_says(tools: DocumentTools, question: str) -> None:
    for quotation in picked(tools, question).quotations:
        text = {"policy.md": POLICY, "history.txt": HISTORY}[quotation.path]
        lines = text.split("\n")[quotation.line_start - 1 : quotation.line_end]
        assert quotation.quote in "\n".join(lines)
        assert quotation.quote.split()[0] in lines[0]
        assert quotation.quote.split()[-1] in lines[-1]


@pytest.mark.parametrize(
    "question",
    [
        "How many vacation days are there?",
        "Who is the king of Atlantis?",
        "What is the daily allowance in Japan?",
        "When does the swimming pool open?",
        "What is the password of the wireless network?",
    ],
)
def test_what_no_document_answers_is_said(tools: DocumentTools, question: str) -> None:
    assert not picked(tools, question).answers


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What documents are there?", "list"),
        ("list the files", "list"),
        ("Read policy.md", "read"),
        ("Show me history.txt", "read"),
        ("Quote two sentences about travel", "quote"),
        ("Where is Harbour House mentioned?", "places"),
        ("How much is the allowance?", "answer"),
    ],
)
def test_kinds_of_questions_are_told_apart(question: str, kind: str) -> None:
    assert ask(question).kind == kind


def test_all_places_of_a_mention_are_given(tools: DocumentTools) -> None:
    result = picked(tools, "Where is Harbour House mentioned?")
    assert {quotation.path for quotation in result.quotations} == {"policy.md", "history.txt"}


def test_as_many_quotations_come_as_were_asked_for() -> None:
    assert ask("Quote two sentences about travel").limit == 2
