"""The tools of `documents` by a real client over HTTP: what they list, read and refuse."""

import os
from pathlib import Path

import anyio
import pytest
from mcp import Client

from agentia_documents import index
from agentia_documents.app import server, service
from agentia_fabric import samples
from agentia_testing.serving import serving
from agentia_testing.tool_client import tool_client


async def test_an_empty_folder_has_no_documents(tmp_path: Path):
    async with tool_client(server("documents", tmp_path)) as tools:
        assert await tools.answer("list_documents") == {
            "documents": [],
            "total": 0,
            "skipped": [],
            "pending": 0,
        }


async def test_documents_are_listed_with_title_and_size(tmp_path: Path):
    (tmp_path / "plan.md").write_text("# The plan\n\nText.\n")
    os.utime(tmp_path / "plan.md", (1_750_000_000, 1_750_000_000))
    async with tool_client(server("documents", tmp_path)) as tools:
        assert (await tools.answer("list_documents"))["documents"] == [
            {
                "path": "plan.md",
                "title": "The plan",
                "headings": ["The plan"],
                "kind": "markdown",
                "bytes": 18,
                "lines": 3,
                "modified": "2025-06-15T15:06:40Z",
            }
        ]


async def test_the_first_headings_of_a_document_are_listed_each_once(tmp_path: Path):
    parts = [f"## Part {number}\n\nText {number}.\n\n## Part 0\n\nMore.\n" for number in range(20)]
    (tmp_path / "long.md").write_text("\n".join(parts))
    async with tool_client(server("documents", tmp_path)) as tools:
        (document,) = (await tools.answer("list_documents"))["documents"]
        assert document["headings"] == [f"Part {number}" for number in range(12)]


async def test_what_cannot_be_read_is_listed_with_the_reason(tmp_path: Path):
    (tmp_path / "bad.pdf").write_bytes(b"no pdf")
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2")
    (tmp_path / "good.txt").write_text("fine")
    async with tool_client(server("documents", tmp_path)) as tools:
        listed = await tools.answer("list_documents")
        assert [document["path"] for document in listed["documents"]] == ["good.txt"]
        assert [file["path"] for file in listed["skipped"]] == ["bad.pdf", "bad.txt"]
        assert await tools.refusal("read_document", path="bad.txt") == (
            "unreadable",
            "bad.txt is binary, not text.",
        )


async def test_a_list_is_cut_at_its_limit_and_says_how_many_there_are(tmp_path: Path):
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("x")
    async with tool_client(server("documents", tmp_path)) as tools:
        listed = await tools.answer("list_documents", limit=2)
    assert (len(listed["documents"]), listed["total"]) == (2, 5)


async def test_changes_are_seen_at_the_next_call(tmp_path: Path):
    (tmp_path / "a.txt").write_text("apples")
    async with tool_client(server("documents", tmp_path)) as tools:
        assert (await tools.answer("search_documents", query="pears"))["total"] == 0
        (tmp_path / "a.txt").write_text("pears and plums")
        (tmp_path / "b.txt").write_text("more pears")
        assert (await tools.answer("search_documents", query="pears"))["total"] == 2
        (tmp_path / "a.txt").unlink()
        assert (await tools.answer("search_documents", query="pears"))["total"] == 1


async def test_a_call_indexes_for_a_bounded_time_and_the_rest_is_indexed_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for number in range(30):
        (tmp_path / f"{number}.txt").write_text("x")
    monkeypatch.setattr(index, "STEP_SECONDS", -1.0)
    async with tool_client(server("documents", tmp_path)) as tools:
        first = await tools.answer("list_documents")
        assert (first["total"], first["pending"]) == (1, 29)
        with anyio.fail_after(10):
            while (now := await tools.answer("list_documents"))["pending"]:
                pass
    assert now["total"] == 30


async def test_lines_are_read_from_where_asked(tmp_path: Path):
    (tmp_path / "long.txt").write_text("\n".join(f"line {number}" for number in range(1, 11)))
    async with tool_client(server("documents", tmp_path)) as tools:
        assert await tools.answer("read_document", path="long", start=9, lines=5) == {
            "path": "long.txt",
            "title": "long",
            "start": 9,
            "end": 10,
            "total_lines": 10,
            "text": "line 9\nline 10",
        }
        code, sentence = await tools.refusal("read_document", path="long", start=11)
    assert (code, sentence) == ("not_found", "long.txt has 10 lines: start at one of them.")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../secret.txt", "outside_folder"),
        ("/etc/passwd", "outside_folder"),
        ("link.txt", "outside_folder"),
        (".hidden.txt", "not_found"),
        ("nothing.txt", "not_found"),
        ("data.csv", "unreadable"),
        ("a\0b", "not_found"),
        ("x" * 2000, "bad_arguments"),
    ],
)
async def test_only_documents_of_the_folder_can_be_read(tmp_path: Path, path: str, code: str):
    folder = tmp_path / "served"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / ".hidden.txt").write_text("hidden")
    (folder / "data.csv").write_text("a,b\n1,2\n")
    async with tool_client(server("documents", folder)) as tools:
        assert (await tools.refusal("read_document", path=path))[0] == code


async def test_too_much_text_at_once_is_refused(tmp_path: Path):
    (tmp_path / "wide.txt").write_text("x" * 500_000)
    async with tool_client(server("documents", tmp_path)) as tools:
        assert (await tools.refusal("read_document", path="wide"))[0] == "too_long"


async def test_a_folder_that_is_gone_says_so(tmp_path: Path):
    async with tool_client(server("documents", tmp_path / "gone")) as tools:
        assert (await tools.refusal("list_documents"))[0] == "unreadable"


async def test_the_samples_are_served_when_no_folder_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("AGENTIA_DATA", str(tmp_path))
    monkeypatch.delenv("AGENTIA_FILES", raising=False)
    async with serving(service, name="documents") as place, Client(f"{place.url}mcp") as client:
        listed = (await client.call_tool("list_documents", {})).structured_content
        found = await client.call_tool("search_documents", {"query": "How much may a hotel night cost?"})
    assert listed is not None
    assert listed["skipped"] == []
    assert {document["path"] for document in listed["documents"]} >= {"handbook.md", "tasting-guide.pdf"}
    assert found.structured_content is not None
    assert "140 euros" in found.structured_content["passages"][0]["quote"]
    assert samples.folder().is_dir()


async def test_a_client_of_the_protocol_before_is_served_too(tmp_path: Path):
    (tmp_path / "a.txt").write_text("apples")
    async with (
        tool_client(server("documents", tmp_path)) as tools,
        Client(f"{tools.url}mcp", mode="legacy") as old,
    ):
        assert len((await old.list_tools()).tools) == 3
        answer = await old.call_tool("search_documents", {"query": "apples"})
    assert answer.structured_content is not None
    assert answer.structured_content["total"] == 1
