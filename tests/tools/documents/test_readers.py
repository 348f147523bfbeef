"""What each kind of document is read as."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentia_documents.extract import Heading
from agentia_documents.readers import markdown, markup, plain, portable, restructured, word
from agentia_fabric.toolserver.errors import Unreadable
from agentia_testing.made_documents import docx, pdf


def test_plain_text_keeps_its_lines_whatever_ends_them():
    assert plain.read(b"one\r\ntwo\rthree\n", "x").lines == ("one", "two", "three")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_decoded_by_its_mark_or_its_bytes(encoding: str):
    assert plain.read("Größe – “fünf”".encode(encoding), "x").lines == ("Größe – “fünf”",)


def test_binary_under_the_name_of_a_text_is_refused():
    with pytest.raises(Unreadable, match="is binary"):
        plain.read(b"\x7fELF\0\0", "x")


def test_markdown_finds_both_forms_of_headings_and_not_those_in_code():
    source = "Guide\n=====\n\n## Set-up ##\n\n```\n# no heading\n```\n\nUse\n---\n\ntext\n---\nrest\n"
    read = markdown.read(source.encode(), "x")
    assert read.title == "Guide"
    assert read.headings == (
        Heading(1, 1, "Guide"),
        Heading(4, 2, "Set-up"),
        Heading(10, 2, "Use"),
        Heading(13, 2, "text"),
    )


def test_markdown_headings_lose_their_marks():
    assert markdown.read(b"# **Big** [news](http://x) `now`", "x").title == "Big news now"


def test_front_matter_belongs_to_no_passage():
    assert markdown.read(b"---\ntitle: x\n---\n# A\n", "x").separators == {1, 2, 3}


def test_restructured_text_has_levels_by_first_use():
    read = restructured.read(b"====\nBook\n====\n\nOne\n---\n\ntext\n\nTwo\n---\n", "x")
    assert [(heading.text, heading.level) for heading in read.headings] == [
        ("Book", 1),
        ("One", 2),
        ("Two", 2),
    ]


def test_html_shows_what_a_reader_sees():
    source = (
        "<html><head><title>A &amp; B</title><style>p{}</style></head><body><h1>Top</h1><p>One\n two<br>three"
        "<script>alert(1)</script><ul><li>x<li>y</ul><table><tr><td>a<td>b</tr></table></body>"
    )
    read = markup.read(source.encode(), "x")
    assert read.title == "A & B"
    assert read.lines == ("Top", "", "One two", "three", "", "x", "y", "", "a | b")
    assert read.headings == (Heading(1, 1, "Top"),)


def test_html_in_a_declared_encoding():
    assert markup.read('<meta charset="iso-8859-2"><p>Łódź'.encode("iso-8859-2"), "x").lines == ("Łódź",)


def test_pdf_knows_the_page_of_each_line():
    read = portable.read(pdf(["First page."], ["Second (page).", "More."], title="Both"), "x")
    assert read.title == "Both"
    assert read.lines[read.pages[1] - 1] == "Second (page)."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no pdf", "is a broken PDF"),
        (pdf([]), "its pages are pictures"),
        (pdf(["x"])[:200], "is a broken PDF"),
    ],
)
def test_a_pdf_without_text_says_why(data: bytes, reason: str):
    with pytest.raises(Unreadable, match=reason):
        portable.read(data, "x")


def test_word_has_headings_items_and_rows_of_tables():
    read = word.read(
        docx(("Heading1", "Plan"), ("", "Text & more."), ("item", "one"), ("item", "two"), ("row", "a|b")),
        "x",
    )
    assert read.title == "Plan"
    assert read.lines == ("Plan", "", "Text & more.", "", "• one", "• two", "", "a | b")


def test_word_with_a_document_type_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    with pytest.raises(Unreadable, match="document type"):
        word.read(docx(("", "x"), declaration=bomb), "x")


def test_word_that_unpacks_to_very_much_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word, "XML_BYTES", 1000)
    with pytest.raises(Unreadable, match="unpacks to more"):
        word.read(docx(("", "x" * 2000)), "x")


def test_a_zip_that_is_no_word_document_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "x")
    for data in (packed.getvalue(), b"PK\x03\x04broken", b""):
        with pytest.raises(Unreadable, match="no Word document"):
            word.read(data, "x")


@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes):
    for read in (plain.read, markdown.read, restructured.read, markup.read, word.read):
        try:
            extract = read(data, "x")
        except Unreadable:
            continue
        assert all(1 <= heading.line <= len(extract.lines) for heading in extract.headings)
