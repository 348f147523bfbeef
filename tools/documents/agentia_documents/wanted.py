"""What a search asks for: the words that carry meaning, and pairs of neighbours among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

WORDS = 24
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
FIGURE = re.compile(
    r"\b(how (?:much|many|long|often|far|old|large|big|high)|when|(?:what|which) (?:time|date|year|day)"
    r"|costs?|price|percent(?:age)?|number|amount|deadline)\b",
    re.IGNORECASE,
)
HOW = re.compile(r"\bhow (?:much|many|long|often|far|old|large|big|high)\b", re.IGNORECASE)
_EMPTY = """
a about all also am an and any are as at be been being but by can could did do does doing for from had has
have having he her here hers him his how i if in into is it its itself just let me may might more most must
my no nor not of on or our ours out over own please say says said she should so some such tell than that the
their theirs them then there these they this those to too under us very was we were what when where which
while who whom whose why will with would you your yours find show give quote document documents file files
passage passages text according mention mentions mentioned
"""
EMPTY = frozenset(_EMPTY.split())


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` in order, each once; `pairs` as phrases; `figure` when a number is likely to be the answer."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    figure: bool


def wanted(query: str) -> Wanted:
    """Read a query or a question; words of no meaning count only when there are no others."""
    found = [_without_possessive(word) for word in WORD.findall(HOW.sub(" ", query).lower())]
    telling = [word for word in found if word not in EMPTY] or found
    words = tuple(dict.fromkeys(telling))[:WORDS]
    neighbours = pairwise(found)
    pairs = dict.fromkeys(f"{one} {two}" for one, two in neighbours if one in words and two in words)
    return Wanted(words, tuple(pairs)[:WORDS], bool(FIGURE.search(query)))


def phrase(text: str) -> str:
    """Text as an FTS5 string, in which no character has a meaning."""
    return '"' + text.replace('"', '""') + '"'


def _without_possessive(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.replace("’", "'"))
