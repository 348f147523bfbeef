"""Which phrases of a question may be values of text columns, and the SQL that looks them up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agentia_analyst.quoting import identifier, literal
from agentia_analyst.reading import LONGEST, Found
from agentia_analyst.schema import Table
from agentia_analyst.vocabulary import GLUE, KEYWORDS
from agentia_kit.language.words import words

MOST_PHRASES = 120
MOST_COLUMNS = 40
"""Bounds of one look-up: the server takes statements of 20,000 characters."""
LONGEST_PHRASE = 60
COLUMNS = ["table", "column", "value"]
"""The columns of a look-up's result."""
LOOKUP = "WITH"
"""How a look-up begins, and no other statement of ours."""


def phrases(question: str) -> list[str]:
    """What may be a value, in lower case: runs of words, those with a stop word at an end last."""
    tokens = words(question)
    found: dict[str, None] = {}
    edged: dict[str, None] = {}
    for size in range(1, LONGEST):
        for first in range(len(tokens) - size + 1):
            run = tokens[first : first + size]
            if not any(word.is_content for word in run) or (size == 1 and _is_plain(run[0].fold)):
                continue
            phrase = question[run[0].start : run[-1].end].lower()
            if not (run[0].is_content and run[-1].is_content):
                edged[phrase] = None
                continue
            found[phrase] = None
            if size == 1 and phrase.endswith("s") and len(phrase) > 3:
                found[phrase[:-1]] = None
    return [phrase for phrase in {**found, **edged} if len(phrase) <= LONGEST_PHRASE][:MOST_PHRASES]


def lookup(tables: Iterable[Table], question: str) -> str | None:
    """One statement that finds the phrases in all text columns; None when there is nothing to look for."""
    wanted = phrases(question)
    columns = [(table, column) for table in tables for column in table.columns if column.kind == "text"][
        :MOST_COLUMNS
    ]
    if not wanted or not columns:
        return None
    listed = ", ".join(f"({literal(each)})" for each in wanted)
    begun = ", ".join(f"({literal(each)})" for each in _names(question) or [""])
    searches = "\nUNION ALL\n".join(_one(table.name, column.name) for table, column in columns)
    return f"{LOOKUP} wanted(phrase) AS (VALUES {listed}), begun(phrase) AS (VALUES {begun})\n{searches}"


def is_lookup(sql: str) -> bool:
    """Whether a statement looks up values: its result is no answer."""
    return sql.startswith(LOOKUP)


def looked_up(rows: Iterable[Sequence[object]]) -> dict[str, list[Found]]:
    """The rows of :func:`lookup` as values by table."""
    found: dict[str, list[Found]] = {}
    for table, column, value in rows:
        found.setdefault(str(table), []).append(Found(str(column), value))
    return found


def _one(table: str, column: str) -> str:
    text = f"CAST({identifier(column)} AS VARCHAR)"
    same = f"lower({text}) IN (SELECT phrase FROM wanted)"  # noqa: S608 - all of it is quoted
    begins = f"EXISTS (FROM begun WHERE phrase <> '' AND starts_with(lower({text}), phrase || ' '))"
    shown = f'{literal(table)} AS "table", {literal(column)} AS "column", {text} AS "value"'
    lines = [f"SELECT DISTINCT {shown}", f"FROM {identifier(table)}", f"WHERE {same} OR {begins}"]
    return "\n".join(lines)


def _names(question: str) -> list[str]:
    tokens = words(question)
    return [
        word.text.lower()
        for word in tokens[1:]
        if word.kind == "word" and word.text[0].isupper() and word.is_content and not _is_plain(word.fold)
    ][:8]


def _is_plain(word: str) -> bool:
    return word in KEYWORDS or word in GLUE
