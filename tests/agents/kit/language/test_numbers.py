"""Numbers read and written."""

from __future__ import annotations

import pytest

from agentia_kit.language.numbers import figure, number_of, share


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("1,250.5", 1250.5),
        ("3k", 3000),
        ("2M", 2_000_000),
        ("seven", 7),
        ("Ten", 10),
        ("region", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float | None) -> None:
    assert number_of(text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567.891, "1,234,567.89"),
        (4200, "4,200"),
        (3.0, "3"),
        (0.00123, "0.00123"),
        (None, "nothing"),
        ("x", "x"),
    ],
)
def test_figures_are_written_for_reading(value: object, text: str) -> None:
    assert figure(value) == text


def test_a_share_is_in_percent() -> None:
    assert share(5, 12) == "41.7 %"
