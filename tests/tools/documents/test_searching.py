"""Whether the passage that answers a question comes first, in documents made up here."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentia_documents.app import server
from agentia_documents.wanted import wanted
from agentia_testing.made_documents import docx, pdf
from agentia_testing.tool_client import tool_client

CLUB = """# Rowing club Otterbach

The club has four boats, and a shed on the north bank where members meet.

## Fees

Grown-ups pay 85 crowns a year; children under twelve pay nothing. Fees are due by the end of February.

## Boats

Boats may be taken out between sunrise and sunset. Whoever takes one writes it into the log.

### Damage

Report damage to the boat warden at once, even when it seems small.

## Key

The key to the shed hangs in the bakery. It must be back there before the bakery closes at six.
"""
SHIP = [
    "Ferry rules",
    "",
    "Dogs travel free of charge on the lower deck.",
    "Bicycles cost 3 crowns each way.",
]
LETTER = (
    ("Heading1", "Letter to the neighbours"),
    (
        "",
        "On 14 June we celebrate the regatta. The road along the river is closed from noon to midnight.",
    ),
    ("", "Whoever needs to drive out that day should park behind the school."),
)
QUESTIONS = [
    ("How much do children pay?", "club.md", "children under twelve pay nothing"),
    ("When are the fees due?", "club.md", "end of February"),
    ("where is the key of the shed", "club.md", "bakery"),
    ("Who do I tell about a damaged boat?", "club.md", "boat warden"),
    ("What does it cost to take a bicycle on the ferry?", "ferry.pdf", "Bicycles cost 3 crowns"),
    ("are dogs allowed", "ferry.pdf", "Dogs travel free"),
    ("When is the regatta?", "letter.docx", "14 June"),
    ("What is the price for children?", "club.md", "children under twelve pay nothing"),
    ("are defective boats to be reported", "club.md", "boat warden"),
    ("where can I park on the day of the regatta", "letter.docx", "park behind the school"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "club.md").write_text(CLUB)
    (tmp_path / "ferry.pdf").write_bytes(pdf(["Timetable", "Every hour."], SHIP))
    (tmp_path / "letter.docx").write_bytes(docx(*LETTER))
    return tmp_path


async def test_each_question_finds_the_passage_that_answers_it(folder: Path):
    async with tool_client(server("documents", folder)) as tools:
        for question, path, words in QUESTIONS:
            best = (await tools.answer("search_documents", query=question))["passages"][0]
            assert (best["path"], words in best["quote"].replace("\n", " ")) == (path, True), (question, best)


async def test_a_passage_is_quoted_as_read_document_gives_it(folder: Path):
    async with tool_client(server("documents", folder)) as tools:
        found = await tools.answer("search_documents", query="boats fees crowns park ferry", limit=50)
        assert len(found["passages"]) == found["total"] >= 5
        for passage in found["passages"]:
            start, end = passage["line_start"], passage["line_end"]
            read = await tools.answer(
                "read_document", path=passage["path"], start=start, lines=end - start + 1
            )
            assert read["text"] == passage["quote"]
            assert read["end"] == end


async def test_a_passage_names_its_heading_or_its_page(folder: Path):
    async with tool_client(server("documents", folder)) as tools:
        club = (await tools.answer("search_documents", query="boat warden"))["passages"][0]
        ferry = (await tools.answer("search_documents", query="dogs"))["passages"][0]
    assert (club["heading"], club["page"], club["title"]) == ("Damage", None, "Rowing club Otterbach")
    assert (ferry["heading"], ferry["page"]) == (None, 2)


async def test_a_score_says_how_much_of_the_question_is_there(folder: Path):
    async with tool_client(server("documents", folder)) as tools:
        whole = (await tools.answer("search_documents", query="key to the shed"))["passages"][0]["score"]
        part = (await tools.answer("search_documents", query="key to the spaceship engine"))["passages"][0][
            "score"
        ]
        nothing = await tools.answer("search_documents", query="quantum chromodynamics")
    assert part < 0.6 < whole <= 1
    assert nothing == {"passages": [], "total": 0, "pending": 0}


async def test_a_search_can_be_narrowed_to_a_document_or_a_folder(folder: Path):
    (folder / "old").mkdir()
    (folder / "old" / "fees.txt").write_text("In the old days fees were 20 crowns a year.")
    async with tool_client(server("documents", folder)) as tools:
        for path in ("old", "old/", "old/fees.txt", "fees"):
            found = await tools.answer("search_documents", query="fees in crowns a year", path=path)
            assert [passage["path"] for passage in found["passages"]] == ["old/fees.txt"]
        assert (await tools.refusal("search_documents", query="fees", path="nowhere"))[0] == "not_found"
        assert (await tools.refusal("search_documents", query="fees", path="../"))[0] == "outside_folder"


async def test_signs_of_the_query_language_are_words_like_any_other(folder: Path):
    async with tool_client(server("documents", folder)) as tools:
        for query in (
            '"',
            "fees AND (",
            "title:fees",
            "fees*",
            "NEAR(fees boats)",
            "-fees ^",
            "' OR 1=1 --",
            "\0",
        ):
            await tools.answer("search_documents", query=query)


def test_a_question_of_empty_words_alone_still_asks_for_them():
    assert wanted("what is it").words == ("what", "is", "it")
    assert wanted("How much is the Müller's fee?").words == ("müller", "fee")


@given(st.text(max_size=200))
def test_any_text_can_be_asked(query: str):
    asked = wanted(query)
    assert len(asked.words) <= 24
    assert all(set(pair.split()) <= set(asked.words) for pair in asked.pairs)
