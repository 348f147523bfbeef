"""Stretches of time in a question: "March 2024", "in 2023", "Q1", "2024-03-05", "first quarter"."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from agentia_analyst.intent import Period
from agentia_kit.language.words import Word

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_BEFORE_A_YEAR = frozenset(
    [
        "in",
        "of",
        "for",
        "since",
        "during",
        "before",
        "after",
        "until",
        "to",
        "and",
        "vs",
        "versus",
        "from",
        "year",
        "with",
        "than",
    ]
)

Spot = tuple[int, int, Period]
"""First word, the word after the last, and what they say."""


def periods(tokens: list[Word], taken: set[int]) -> list[Spot]:
    """All periods in the words that nothing else has taken, in order."""
    found: list[Spot] = []
    at = 0
    while at < len(tokens):
        spot = None if at in taken else _at(tokens, at)
        if spot is None:
            at += 1
        else:
            found.append(spot)
            at = spot[1]
    return found


def relative(tokens: list[Word]) -> str | None:
    """A period that depends on today ("last month"), which data of any age cannot be asked for."""
    for one, two in pairwise(tokens):
        if one.fold in ("last", "this", "next", "past", "current") and two.stem in (
            "week",
            "month",
            "quarter",
            "year",
        ):
            return f"{one.text} {two.text}"
    return next((word.text for word in tokens if word.fold in ("today", "yesterday", "tomorrow")), None)


def _at(tokens: list[Word], at: int) -> Spot | None:
    word = tokens[at]
    if word.kind == "date":
        return _written(word.text, at)
    if (month := _month(tokens, at)) is not None:
        return _month_of(tokens, at, month)
    if (quarter := _quarter(tokens, at)) is not None:
        return _quarter_of(tokens, at, *quarter)
    year = _year(tokens, at)
    if year is not None and (at == 0 or tokens[at - 1].fold in _BEFORE_A_YEAR):
        return at, at + 1, Period(str(year), "year", f"{year}-01-01", f"{year + 1}-01-01")
    return None


def _written(text: str, at: int) -> Spot | None:
    pieces = [int(piece) for piece in text.split("-")]
    try:
        start = date(pieces[0], pieces[1], pieces[2] if len(pieces) == 3 else 1)
    except ValueError:
        return None
    if len(pieces) == 3:
        return at, at + 1, Period(text, "day", text, (start + timedelta(days=1)).isoformat())
    return at, at + 1, Period(text, "month", start.isoformat(), _later(start, 1))


def _month(tokens: list[Word], at: int) -> int | None:
    word = tokens[at]
    if word.fold == "may" and not (word.text == "May" and at > 0):
        return None
    if word.fold in MONTHS:
        return MONTHS.index(word.fold) + 1
    return _SHORT.get(word.fold) if word.text[:1].isupper() and word.fold != "may" else None


def _month_of(tokens: list[Word], at: int, month: int) -> Spot:
    after = at + 2 if at + 1 < len(tokens) and tokens[at + 1].fold == "of" else at + 1
    year = _year(tokens, after)
    name = MONTHS[month - 1].capitalize()
    if year is None:
        return at, at + 1, Period(name, "month", month=month)
    start = date(year, month, 1)
    return at, after + 1, Period(f"{name} {year}", "month", start.isoformat(), _later(start, 1))


def _quarter(tokens: list[Word], at: int) -> tuple[int, int] | None:
    word = tokens[at]
    if len(word.fold) == 2 and word.fold[0] == "q" and word.fold[1] in "1234":
        return int(word.fold[1]), at + 1
    if word.fold in _ORDINALS and at + 1 < len(tokens) and tokens[at + 1].fold == "quarter":
        return _ORDINALS[word.fold], at + 2
    return None


def _quarter_of(tokens: list[Word], at: int, quarter: int, after: int) -> Spot:
    place = after + 1 if after < len(tokens) and tokens[after].fold == "of" else after
    year = _year(tokens, place)
    if year is None:
        return at, after, Period(f"Q{quarter}", "quarter", quarter=quarter)
    start = date(year, 3 * quarter - 2, 1)
    return at, place + 1, Period(f"Q{quarter} {year}", "quarter", start.isoformat(), _later(start, 3))


def _year(tokens: list[Word], at: int) -> int | None:
    if at >= len(tokens) or tokens[at].kind != "number" or not tokens[at].text.isdigit():
        return None
    year = int(tokens[at].text)
    return year if len(tokens[at].text) == 4 and 1800 <= year <= 2200 else None


def _later(start: date, months: int) -> str:
    month = start.month - 1 + months
    return date(start.year + month // 12, month % 12 + 1, 1).isoformat()
