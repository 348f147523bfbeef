from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentia_gateway.cli.answer.collected import Artifact
from agentia_gateway.cli.answer.saving import safe_name, save
from agentia_gateway.cli.failure import Failure


@given(name=st.text() | st.from_regex(r"(\.\./|/|\\|[a-c.])*"))
def test_no_name_leaves_its_folder(name: str) -> None:
    made = safe_name(name)

    assert made
    assert not set(made) & set("/\\\0")
    assert not made.startswith(".")
    assert len(made) <= 120


def test_a_table_is_kept_once_when_the_agent_brings_it_as_csv(tmp_path: Path) -> None:
    table = {"data": {"columns": ["a"], "rows": [[1]]}}
    csv = {"raw": "YQoxCg==", "filename": "table.csv", "mediaType": "text/csv"}

    kept = save(Artifact("1", "table", [table, csv]), tmp_path)

    assert [path.name for path in kept] == ["table.csv"]


def test_a_file_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("mine")

    (path,) = save(Artifact("1", "notes", [{"text": "theirs", "mediaType": "text/markdown"}]), tmp_path)

    assert (path.name, path.read_text()) == ("notes-2.md", "theirs")
    assert (tmp_path / "notes.md").read_text() == "mine"


def test_other_data_is_kept_as_json_and_broken_files_not_at_all(tmp_path: Path) -> None:
    kept = save(Artifact("1", "told", [{"data": {"a": "ä"}}, {"raw": "%%", "filename": "x"}]), tmp_path)

    assert [path.name for path in kept] == ["told.json"]
    assert '"ä"' in kept[0].read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(Failure, match="cannot be kept"):
        save(Artifact("1", "a", [{"text": "x"}]), tmp_path / "file")
