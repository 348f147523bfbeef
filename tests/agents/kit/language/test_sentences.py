"""Sentences and their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agentia_kit.language.sentences import paragraphs, sentences

TEXT = """# Handbook

Dr. Holm pays at most 1.5 days. The limit is 40 EUR, e.g. for
meals! Is it new?

- first item
- second item has two. Sentences here.
## Rules
No smoking."""


def test_sentences_end_where_a_reader_ends_them() -> None:
    assert [span.text for span in sentences(TEXT)] == [
        "Dr. Holm pays at most 1.5 days.",
        "The limit is 40 EUR, e.g. for\nmeals!",
        "Is it new?",
        "first item",
        "second item has two.",
        "Sentences here.",
        "No smoking.",
    ]


def test_headings_come_when_asked_for() -> None:
    assert "# Handbook" in [span.text for span in sentences(TEXT, headings=True)]


@given(st.text(alphabet="aB. !?\n-#1"))
def test_every_span_is_a_slice_of_the_text(text: str) -> None:
    assert all(
        text[span.start : span.end] == span.text for span in sentences(text, headings=True) + paragraphs(text)
    )
