"""The served folder: nothing outside it can be named, nothing hidden in it exists."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentia_fabric.toolserver.errors import NotFound, OutsideFolder, Unreadable
from agentia_fabric.toolserver.folder import Folder, FoundFile

TEXT = frozenset({".txt"})


def found(folder: Path, max_bytes: int = 1000) -> list[str]:
    return [file.path for file in Folder(folder).listing(TEXT, max_bytes).files]


def skipped(folder: Path, max_bytes: int = 1000) -> dict[str, str]:
    return {file.path: file.reason for file in Folder(folder).listing(TEXT, max_bytes).skipped}


def test_files_of_the_wanted_kinds_are_listed_by_path(tmp_path: Path):
    (tmp_path / "b").mkdir()
    for name in ("b/z.txt", "b/A.TXT", "a.txt", "c.bin"):
        (tmp_path / name).write_text("x")
    assert found(tmp_path) == ["a.txt", "b/A.TXT", "b/z.txt"]


def test_hidden_files_and_folders_do_not_exist(tmp_path: Path):
    (tmp_path / ".git").mkdir()
    for name in (".git/a.txt", ".secret.txt"):
        (tmp_path / name).write_text("x")
    assert found(tmp_path) == []
    assert skipped(tmp_path) == {}


def test_a_link_to_a_file_inside_is_followed_and_one_to_outside_is_not(tmp_path: Path):
    inside = tmp_path / "served"
    inside.mkdir()
    (inside / "a.txt").write_text("x")
    (tmp_path / "outside.txt").write_text("secret")
    (inside / "good.txt").symlink_to("a.txt")
    (inside / "bad.txt").symlink_to(tmp_path / "outside.txt")
    (inside / "loop.txt").symlink_to("loop.txt")
    assert found(inside) == ["a.txt", "good.txt"]
    assert skipped(inside)["bad.txt"] == "is a link that leads outside the folder"
    assert "loop.txt" in skipped(inside)


def test_a_link_to_a_hidden_file_is_not_followed(tmp_path: Path):
    (tmp_path / ".hidden.txt").write_text("x")
    (tmp_path / "shown.txt").symlink_to(".hidden.txt")
    assert skipped(tmp_path) == {"shown.txt": "is a link to a hidden file"}


def test_linked_folders_are_not_walked_into(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "a" / "a.txt").write_text("x")
    assert found(tmp_path) == ["a/a.txt"]


def test_a_large_file_and_a_pipe_are_skipped_with_the_reason(tmp_path: Path):
    (tmp_path / "large.txt").write_text("x" * 20)
    os.mkfifo(tmp_path / "pipe.txt")
    assert skipped(tmp_path, max_bytes=10) == {
        "large.txt": "has 20 bytes; at most 10 are read",
        "pipe.txt": "is not a file",
    }


def test_more_files_than_are_served_are_left_out_and_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("agentia_fabric.toolserver.folder.FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("x")
    listing = Folder(tmp_path).listing(TEXT, 10)
    assert len(listing.files) == 3
    assert "more than 3 files" in listing.skipped[0].reason


def test_a_folder_that_is_gone_says_so(tmp_path: Path):
    with pytest.raises(Unreadable, match="folder cannot be read: no such file"):
        Folder(tmp_path / "gone").listing(TEXT, 10)


@pytest.mark.parametrize("path", ["../a.txt", "/etc/passwd", "x/../../a", "~/../../etc", "a/../../.."])
def test_a_path_that_leads_outside_is_refused(tmp_path: Path, path: str):
    with pytest.raises(OutsideFolder, match="leads outside"):
        Folder(tmp_path / "served").locate(path)


PIECES = st.sampled_from([*"ab./\\~ \0\n$%", "..", "../", "/etc", "passwd", "\ud800"])


@given(path=st.lists(PIECES, max_size=12).map("".join))
def test_no_path_whatsoever_is_located_outside(path: str):
    folder = Folder(Path("/srv/served"))
    with suppress(OutsideFolder, NotFound):
        assert folder.locate(path).is_relative_to(folder.root)


def test_a_file_is_found_by_path_by_name_and_without_its_ending(tmp_path: Path):
    folder, paths = Folder(tmp_path), ["notes/Plan.txt", "b.txt"]
    for wanted in (
        "notes/Plan.txt",
        "./notes/plan.txt",
        "plan.txt",
        "Plan",
        str(tmp_path / "notes" / "Plan.txt"),
    ):
        assert folder.pick(wanted, paths) == "notes/Plan.txt"


def test_a_name_that_fits_several_files_names_them(tmp_path: Path):
    with pytest.raises(NotFound, match=r"a/x\.txt, b/x\.txt"):
        Folder(tmp_path).pick("x", ["a/x.txt", "b/x.txt"])


def test_a_name_that_fits_none_names_the_nearest(tmp_path: Path):
    with pytest.raises(NotFound, match=r"The nearest: travel\.txt"):
        Folder(tmp_path).pick("travl.txt", ["travel.txt", "b.txt"])


def test_what_is_found_carries_the_resolved_location(tmp_path: Path):
    (tmp_path / "a.txt").write_text("abc")
    (tmp_path / "b.txt").symlink_to("a.txt")
    link = Folder(tmp_path).listing(TEXT, 10).files[1]
    assert link == FoundFile(
        "b.txt", (tmp_path / "a.txt").resolve(), 3, (tmp_path / "a.txt").stat().st_mtime_ns
    )
