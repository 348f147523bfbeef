"""How a document is cut into passages."""

from hypothesis import given
from hypothesis import strategies as st

from agentia_documents.extract import Extract
from agentia_documents.passages import LONGEST, passages_of
from agentia_documents.readers import markdown

LINE = st.text(alphabet="ab .#-:", max_size=60)


def cut(source: str) -> list[tuple[int, int, str | None]]:
    return [(p.line_start, p.line_end, p.heading) for p in passages_of(markdown.read(source.encode(), "x"))]


def test_a_paragraph_is_a_passage_under_its_heading():
    long = "A paragraph that is long enough to stand alone among the passages of its section."
    assert cut(f"# T\n\n{long}\n{long}\n\n## U\n\n{long}\n") == [(3, 4, "T"), (8, 8, "U")]


def test_the_line_that_introduces_a_list_stays_with_it():
    assert cut(
        "For a trip of more than a single day everybody who travels needs:\n\n- a ticket\n- a bag\n"
    ) == [(1, 4, None)]


def test_a_short_paragraph_joins_what_follows():
    assert cut("Yes.\n\nNo.\n") == [(1, 3, None)]


def test_a_heading_with_nothing_below_is_a_passage():
    assert cut("# Open from 9 to 5\n\n# Closed on Sunday\n") == [
        (1, 1, "Open from 9 to 5"),
        (3, 3, "Closed on Sunday"),
    ]


def test_the_trail_names_the_headings_above():
    text = "# Book\n\n## One\n\n### Deep\n\nSome text.\n\n## Two\n\nMore text.\n"
    trails = [passage.trail for passage in passages_of(markdown.read(text.encode(), "x"))]
    assert trails == ["Book / One / Deep", "Book / Two"]


def test_a_long_line_is_cut_between_sentences():
    line = "This sentence is one of very many. " * 100
    pieces = list(passages_of(Extract("x", (line,))))
    assert all(len(piece.quote) <= LONGEST and piece.quote.endswith("many.") for piece in pieces)
    assert " ".join(piece.quote for piece in pieces) == line.strip()


def test_no_passage_crosses_a_page():
    extract = Extract("x", ("one", "two", "three"), pages=(1, 3))
    assert [(p.page, p.line_start, p.line_end) for p in passages_of(extract)] == [(1, 1, 2), (2, 3, 3)]


@given(st.lists(LINE, min_size=1, max_size=40))
def test_every_word_is_in_a_passage_at_the_lines_it_names(lines: list[str]):
    extract = markdown.read("\n".join(lines).encode(), "x")
    passages = list(passages_of(extract))
    shown = {heading.line for heading in extract.headings} | extract.separators
    for passage in passages:
        assert 1 <= passage.line_start <= passage.line_end <= len(extract.lines)
        assert len(passage.quote) <= LONGEST + 1
        for piece in passage.quote.split("\n"):
            assert any(piece in line for line in extract.lines[passage.line_start - 1 : passage.line_end])
    covered = {line for passage in passages for line in range(passage.line_start, passage.line_end + 1)}
    words = {number for number, line in enumerate(extract.lines, start=1) if line.strip()}
    assert words - shown <= covered
