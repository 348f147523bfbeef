"""Every example in the documentation is run, in order, as its reader would."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from agentia_testing.documents import Walkthrough, blocks, missing_line
from agentia_testing.running_mesh import RunningMesh, running_mesh

DOCS = Path(__file__).resolve().parents[2] / "docs"
DOCUMENTS = sorted(path for path in DOCS.glob("*.md") if path.name != "contracts.md")


@pytest.fixture(scope="module")
def mesh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningMesh]:
    with running_mesh(tmp_path_factory.mktemp("mesh")) as mesh:
        yield mesh


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_examples_of_a_document_do_what_it_says(document: Path, mesh: RunningMesh, tmp_path: Path):
    environment = {**mesh.environment, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    walkthrough = Walkthrough(tmp_path, environment, {"http://127.0.0.1:8080/": mesh.url})
    examples = [block for block in blocks(document.read_text(encoding="utf-8")) if block.language == "sh"]
    assert walkthrough.run(document) == len(examples)


def test_a_line_that_the_output_does_not_have_is_noticed():
    assert missing_line("one\nthree", "one\ntwo\nthree") is None
    assert missing_line("three\none", "one\ntwo\nthree") == "one"
    assert missing_line("t…e", "one\ntwo\nthree") is None
