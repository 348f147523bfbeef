"""Every example of `docs/questions.md` is asked of the sample data."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from agentia_analyst.rules import AnalystRules
from agentia_documents.index import Index
from agentia_documents.tools import DocumentTools
from agentia_fabric import samples
from agentia_fabric.toolserver.folder import Folder
from agentia_kit.rule import RuleBook
from agentia_librarian.rules import LibrarianRules
from agentia_planner.grammar import plan
from agentia_tables.catalog import Catalog
from agentia_tables.preparing import Preparing
from agentia_tables.tools import TableTools
from agentia_testing.rule_runs import play
from agentia_writer.rules import WriterRules

TEXT = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
BOOKS: dict[str, Callable[[], RuleBook]] = {
    "analyst": AnalystRules,
    "librarian": LibrarianRules,
    "writer": WriterRules,
}


def rows(agent: str) -> list[list[str]]:
    section = re.search(rf"^## [^\n]*`{agent}`\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert section is not None
    lines = [line for line in section[1].splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


EXAMPLES = [(agent, row[2], row[3]) for agent in BOOKS for row in rows(agent)]


def cite(quotations: list[dict[str, object]]) -> SimpleNamespace:
    return SimpleNamespace(model_dump=lambda mode: {"quotations": quotations})


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = Folder(samples.folder())
    tables = TableTools(Catalog(folder, Preparing(tmp_path_factory.mktemp("cache"))))
    return {"analyst": tables.all(), "librarian": [*DocumentTools(Index(folder)).all(), cite], "writer": []}


@pytest.mark.parametrize(
    ("agent", "question", "words"), EXAMPLES, ids=[question for _, question, _ in EXAMPLES]
)
def test_an_example_gets_the_answer_that_the_document_shows(
    tools: dict[str, Any], agent: str, question: str, words: str
) -> None:
    text = play(BOOKS[agent](), question, tools[agent]).text
    assert words in " ".join(text.replace("\n> ", " ").split())


@pytest.mark.parametrize(("task", "steps"), rows("planner"))
def test_a_task_has_as_many_steps_as_the_document_says(task: str, steps: str) -> None:
    found = plan(task)
    assert found is not None
    assert len(found.steps) == int(steps)
