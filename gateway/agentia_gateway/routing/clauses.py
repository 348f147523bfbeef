"""Cuts a task into the clauses that may belong to different agents. Pure; knows English imperatives only.

A clause begins with a sentence, or after "and", "then" or a semicolon where an imperative verb follows. A
clause that only points back ("chart it") says how to show what came before, and stays with it.
"""

from __future__ import annotations

import re

MOST = 6
"""Clauses that are told apart; the rest stays with the last."""

_VERBS = """
    add analyse analyze answer brief build calculate chart check collect compare compose compute count create
    describe draft draw email explain extract fetch find get give graph identify list look make mark name
    outline plot prepare present produce quote rank read recommend report review rewrite search send show
    summarise summarize table tell translate turn visualise visualize work write
"""
_VERB = "|".join(_VERBS.split())
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=\S)|\n+")
_JOINT = re.compile(
    rf"\s*,?\s+(?:and\s+then|and\s+also|and|then|also|plus)\s*,?\s+(?:please\s+)?(?=(?:{_VERB})\b\s+\S)",
    re.IGNORECASE,
)
_NOUN_FOLLOWS = re.compile(r"^\w+\s+(?:of|for|by|and|is|are|in|or)\b", re.IGNORECASE)
_BACK = "it|this|that|them|these|those|the results?|the findings|the figures"
_POINTS_BACK = re.compile(
    rf"^(?:(?:please|now|then|also|and)\s+)*\w+\s+(?:{_BACK})"
    r"(?:\s+(?:too|as well|please|again|for me))?\W*$",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The clauses in order; one for most tasks, none for a text without words."""
    found: list[str] = []
    for piece in _pieces(text):
        if found and (_POINTS_BACK.match(piece) or len(found) == MOST):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sentence in _SENTENCE.split(text):
        pieces.extend(piece for piece in _cut(sentence.strip()) if re.search(r"\w", piece))
    return pieces


def _cut(sentence: str) -> list[str]:
    """At each joint, unless what follows is a noun: "a table and chart of sales" is one thing."""
    pieces: list[str] = []
    start = 0
    for joint in _JOINT.finditer(sentence):
        if _NOUN_FOLLOWS.match(sentence[joint.end() :]):
            continue
        pieces.append(sentence[start : joint.start()])
        start = joint.end()
    return [*pieces, sentence[start:]]
