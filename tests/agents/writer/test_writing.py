"""The writer's rules: the form that was ordered, from nothing but the material."""

from __future__ import annotations

import json
import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentia_writer.material import material
from agentia_writer.order import Order, order
from agentia_writer.table import Table
from agentia_writer.writing import shortage, write

NOTES = """# Meeting

The harbour project is two weeks late. The delay costs 40,000 EUR.
The reason for the delay is a missing permit. The permit is expected on 3 May.
Lunch was good. Everybody liked the new chairs.
The project team asks for a second crane so that the delay of the harbour project ends."""
REGIONS = {
    "columns": ["region", "total revenue"],
    "rows": [["North", 600.0], ["South", 500.5], ["West", 120.0]],
}


@pytest.mark.parametrize(
    ("instruction", "wanted"),
    [
        ("write a two-paragraph brief for the manager", Order("brief", paragraphs=2, audience="manager")),
        ("Summarise this in one paragraph", Order("summary", paragraphs=1)),
        ("summarize in 3 sentences", Order("summary", sentences=3)),
        ("Turn it into five bullet points", Order("bullets", points=5)),
        (
            "Make 4 bullets for the board of directors.",
            Order("bullets", points=4, audience="board of directors"),
        ),
        ("Give it a headline", Order("headline")),
        ("Write an email in at most 50 words", Order("brief", words=50)),
        ("draft something", Order("brief")),
        ("three paragraphs please", Order("brief", paragraphs=3)),
    ],
)
def test_orders_are_read(instruction: str, wanted: Order) -> None:
    assert order(instruction) == wanted


@pytest.mark.parametrize("instruction", ["What is the weather?", "Which region sold most?", ""])
def test_what_is_no_order_is_known(instruction: str) -> None:
    assert order(instruction) is None


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_brief_has_as_many_paragraphs_as_asked_for(count: int) -> None:
    text = write(Order("brief", paragraphs=count), material([NOTES]))
    assert len(text.split("\n\n")) == count
    assert all(paragraph.strip() for paragraph in text.split("\n\n"))


def test_a_list_has_as_many_points_as_asked_for() -> None:
    text = write(Order("bullets", points=3), material([NOTES]))
    assert [line[:2] for line in text.splitlines()] == ["- "] * 3


def test_every_sentence_of_a_summary_stands_in_the_material() -> None:
    text = write(Order("summary", sentences=2), material([NOTES]))
    flat = " ".join(NOTES.split())
    assert all(sentence.strip() in flat for sentence in text.split(". "))
    assert "harbour project" in text


def test_a_headline_is_one_short_line() -> None:
    text = write(Order("headline"), material([NOTES]))
    assert "\n" not in text
    assert 0 < len(text) <= 92


def test_the_words_are_limited() -> None:
    assert len(write(Order("brief", words=25), material([NOTES])).split()) <= 25


BRIEF = Order("brief", paragraphs=2)
SAID = (
    "North has the highest total `revenue`: 600, 49.2 % of 1,220.5 in all. Next is South with 500.5 (a.csv)."
)


def test_a_brief_tells_the_figures_first_and_then_what_they_mean() -> None:
    figures, meaning = write(BRIEF, material([SAID, json.dumps(REGIONS)])).split("\n\n")
    assert figures == (
        "North has the highest total revenue with 600, "
        "49.2 % of the 1,220.5 that all 3 regions make together. "
        "South follows with 500.5, 99.5 behind. "
        "West is last with 120, so that 480 lie between the first and the last."
    )
    assert meaning == (
        "North and South together have 90.2 % of the total. North reaches 5 times the figure of West. "
        "The average per region is 406.83, and only North and South lie above it. "
        "The figures come from a.csv."
    )


def test_a_brief_says_that_a_chart_is_attached() -> None:
    files = {"attachments": [{"name": "chart.svg", "mediaType": "image/svg+xml"}]}
    text = write(BRIEF, material([SAID, json.dumps(REGIONS), json.dumps(files)]))
    assert text.endswith("The figures come from a.csv; a chart is attached.")


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("North has most (sales.csv for product Kite, in 2024).", "sales.csv for product Kite, in 2024"),
        ("Total `revenue` in sales.csv since March 2024 by region: it is 7.", "sales.csv since March 2024"),
        ("The total is 8.3 in fruit.csv, 3 % of 9.", "fruit.csv"),
    ],
)
def test_where_figures_are_from_is_told_with_what_restricts_them(said: str, source: str) -> None:
    assert material([said, json.dumps(REGIONS)]).source == source


def test_the_file_of_a_table_is_its_source_when_no_text_names_it() -> None:
    assert material([json.dumps({**REGIONS, "sources": ["b.parquet"]})]).source == "b.parquet"


def test_a_file_that_a_table_was_made_from_is_not_told_itself() -> None:
    file = "region,revenue\nNorth,600\nSouth,500.5\nWest,120\n"
    table = json.dumps({**REGIONS, "sources": ["a.csv"]})
    assert len(material([table, file], {"a.csv": file}).tables) == 1
    assert material([file], {"a.csv": file}).source == "a.csv"


def test_what_the_tables_do_not_say_is_told_beside_them() -> None:
    text = write(
        BRIEF, material([f"{SAID} The harbour in the West was closed for 9 weeks.", json.dumps(REGIONS)])
    )
    assert "The harbour in the West was closed for 9 weeks." in text
    assert text.count("49.2") == 1


def test_of_a_table_with_the_first_rows_only_no_sum_is_told() -> None:
    said = "North has the highest total revenue: 600, 6.0 % of 10,000 in all."
    text = write(BRIEF, material([said, json.dumps(REGIONS)]))
    assert "600, 6.0 % of 10,000 in all" in text
    assert "average" not in text
    assert "last" not in text


def test_averages_are_not_added_up() -> None:
    table = {"columns": ["city", "average price"], "rows": [["A", 4], ["B", 3], ["C", 2.5]]}
    text = write(BRIEF, material([json.dumps(table)]))
    assert "A has the highest average price with 4." in text
    assert "Half of the 3 cities lie at 3 or above." in text


def test_a_course_is_told_from_start_to_end() -> None:
    rows = [["2024-01", 10], ["2024-02", 30], ["2024-03", 5], ["2024-04", 15]]
    text = write(BRIEF, material([json.dumps({"columns": ["month", "units"], "rows": rows})]))
    assert text == (
        "The units rose from 10 in 2024-01 to 15 in 2024-04 (+50.0 %). "
        "It was highest in 2024-02 with 30 and lowest in 2024-03 with 5.\n\n"
        "The largest change from one month to the next was a fall of 25, from 2024-02 to 2024-03. "
        "The average units per month is 15; 1 of the 4 lies above it."
    )


def test_csv_is_read_as_a_table() -> None:
    given_csv = material(["region,units\nNorth,5\nSouth,7\n"])
    assert given_csv.tables == (Table(("region", "units"), (("North", 5), ("South", 7))),)
    assert not given_csv.sentences


def test_quotations_are_read_as_sentences() -> None:
    data = {"quotations": [{"quote": "The limit is 40 EUR a day.", "path": "a.md", "line_start": 3}]}
    assert material([json.dumps(data)]).sentences == ("The limit is 40 EUR a day.",)


def test_places_of_quotations_and_notes_are_left_out() -> None:
    text = "> The limit is 40 EUR.\n>\n> — policy.md, line 3\n\n_I took `revenue` for “sold”._"
    assert material([text]).sentences == ("The limit is 40 EUR.",)


def test_too_little_material_is_said() -> None:
    assert shortage(Order("brief", paragraphs=4), material(["One thing happened today."])).startswith(
        "The material has 1"
    )
    assert not shortage(Order("brief", paragraphs=2), material([NOTES]))


def test_nothing_is_no_material() -> None:
    assert material([]).is_empty
    assert material(["", "{}"]).is_empty


NUMBERS = st.lists(st.integers(1, 10**6), min_size=2, max_size=12, unique=True)


@given(NUMBERS, st.randoms(use_true_random=False))
def test_the_leader_of_any_table_is_told(numbers: list[int], chance: random.Random) -> None:
    names = ["".join(chance.choices(string.ascii_uppercase, k=6)) + str(at) for at in range(len(numbers))]
    rows = [[name, number] for name, number in zip(names, numbers, strict=True)]
    text = write(
        Order("brief", paragraphs=1), material([json.dumps({"columns": ["zorp", "blim"], "rows": rows})])
    )
    leader = names[numbers.index(max(numbers))]
    assert f"{leader} has the highest blim with {max(numbers):,}" in text


@given(st.lists(st.text(max_size=200), max_size=4), st.integers(1, 4))
def test_any_material_can_be_written_from(texts: list[str], count: int) -> None:
    found = material(texts)
    if not found.is_empty:
        assert len(write(Order("brief", paragraphs=count), found).split("\n\n")) <= count
