"""Words, their stems and the names they are matched with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentia_kit.language.words import content_stems, name_stems, stem, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("regions", "region"),
        ("categories", "category"),
        ("prices", "price"),
        ("shipped", "shipping"),
        ("boxes", "box"),
        ("addresses", "address"),
        ("houses", "house"),
        ("Kunden", "kunden"),
        ("café", "cafe"),
        ("manager's", "manager"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("name", ["unit_price", "unitPrice", "Unit Price", "UNIT-PRICES", "unit.price"])
def test_names_are_split_at_humps_and_signs(name: str) -> None:
    assert name_stems(name) == ("unit", "pric")


def test_short_and_latin_words_keep_their_s() -> None:
    assert [stem(word) for word in ("gas", "status", "analysis", "address")] == [
        "gas",
        "status",
        "analysis",
        "address",
    ]


def test_files_numbers_and_dates_stay_whole() -> None:
    found = [(word.text, word.kind) for word in words("Read q1-sales.csv from 2024-03-05: 1,250.50 >= 3k")]
    assert found == [
        ("Read", "word"),
        ("q1-sales.csv", "file"),
        ("from", "word"),
        ("2024-03-05", "date"),
        ("1,250.50", "number"),
        (">=", "sign"),
        ("3k", "number"),
    ]


def test_stop_words_carry_no_content() -> None:
    assert content_stems("Which of the regions was it?") == ["region"]


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    assert all(text[word.start : word.end] == word.text for word in words(text))
