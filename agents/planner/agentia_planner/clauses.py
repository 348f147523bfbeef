"""Cuts a task into clauses that ask for one thing each: at ends of sentences, and where a new verb comes."""

from __future__ import annotations

import re

from agentia_kit.language.sentences import one_line, sentences

_VERBS = [
    "chart",
    "plot",
    "draw",
    "graph",
    "visualise",
    "visualize",
    "write",
    "draft",
    "compose",
    "prepare",
    "summarise",
    "summarize",
    "condense",
    "find",
    "quote",
    "cite",
    "list",
    "compare",
    "count",
    "compute",
    "calculate",
    "show",
    "tell",
    "explain",
    "describe",
    "give",
    "make",
    "create",
    "turn",
    "translate",
    "search",
    "look",
    "check",
    "add",
    "report",
    "get",
    "determine",
    "state",
    "name",
]
_ASKING = ["which", "what", "who", "when", "where", "how", "why"]
_NOUNS_TOO = [
    "chart",
    "plot",
    "graph",
    "list",
    "count",
    "quote",
    "report",
    "show",
    "draft",
    "state",
    "name",
    "draw",
    "look",
    "search",
    "check",
    "make",
    "add",
]
_VERB = "|".join([*_VERBS, *_ASKING])
_JOINT = re.compile(
    rf"""
    \s*;\s*(?:and\s+)?(?:then\s+)?
    | \s*,?\s+(?:and\s+)?then\s*,?\s+(?=\w)
    | \s*,?\s+(?:and|also|plus)\s+(?:also\s+)?(?:please\s+)?(?=(?:{_VERB})\b)
    | \s*,\s+(?=(?:{_VERB})\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|`[^`]*`")
_OPENER = re.compile(
    r"^(?:please|first|finally|now|also|and|then|could you|can you|i want you to)[\s,]+", re.IGNORECASE
)
_WORDS_BEFORE = 2


def clauses(task: str) -> list[str]:
    """The clauses of `task` in order, each a sentence of its own."""
    found: list[str] = []
    for sentence in sentences(task):
        for clause in _cut(one_line(sentence.text)):
            plain = _opened(clause)
            if plain:
                found.append(plain)
    return found


def first_word(clause: str) -> str:
    """The clause's first word in lower case."""
    match = re.match(r"\w+", clause)
    return match.group().lower() if match else ""


def _cut(sentence: str) -> list[str]:
    quoted = [match.span() for match in _QUOTED.finditer(sentence)]
    pieces: list[str] = []
    start = 0
    for joint in _JOINT.finditer(sentence):
        inside = any(first < joint.end() and joint.start() < last for first, last in quoted)
        if not inside and _is_cut(sentence[start : joint.start()], sentence[joint.end() :]):
            pieces.append(sentence[start : joint.start()])
            start = joint.end()
    return [*pieces, sentence[start:]]


def _is_cut(before: str, after: str) -> bool:
    """Whether two tasks meet here: not in "find and quote", nor before a noun: "a table and chart of it"."""
    if len(_opened(before).split()) < _WORDS_BEFORE:
        return False
    head, *rest = re.findall(r"[\w'-]+", after.lower()) or [""]
    if head in _NOUNS_TOO:
        return bool(rest) and rest[0] not in ("of", "for", "by", "and", "is", "are", "in")
    if head in ("what", "who", "when", "where", "how", "which", "why"):
        return first_word(before) not in ("tell", "explain", "say", "show", "know") or "," in before
    return True


def _opened(clause: str) -> str:
    plain = clause.strip(" ,;")
    while (opener := _OPENER.match(plain)) is not None:
        plain = plain[opener.end() :]
    return plain[:1].upper() + plain[1:]
