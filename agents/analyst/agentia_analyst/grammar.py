"""From a question to an intent. Pure: tables and values are given. Its manual is `docs/questions.md`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from agentia_analyst.choosing import choose
from agentia_analyst.composing import compose
from agentia_analyst.intent import Describe, Intent, NotUnderstood
from agentia_analyst.periods import relative
from agentia_analyst.reading import Found, Reading
from agentia_analyst.schema import Table
from agentia_kit.language.words import words

_THINGS = frozenset(["tables", "files", "columns", "fields", "data", "datasets", "schema"])
_ABOUT = frozenset(["what", "which", "describe", "list", "show", "schema", "structure"])
_COLUMNS = frozenset(["columns", "fields", "schema", "structure"])
_HAS_COLUMN = re.compile(
    r"^(?:in )?(?:which|what) (?:tables?|files?) (?:has|have|contains?|holds?|is|are|with)\b.*?"
    r"\b(?:columns?|fields?)(?: called| named)? [`\"'“‘]?(.{1,60}?)[`\"'”’]?[?.! ]*$",
    re.IGNORECASE,
)


def parse(
    question: str, tables: Sequence[Table], found: Mapping[str, Sequence[Found]] | None = None
) -> Intent:
    """What `question` asks of `tables`; `found` are values looked up beforehand, by table."""
    tokens = words(question)
    if not tokens:
        return NotUnderstood("There is no question in the message.")
    if not tables:
        return NotUnderstood("There are no tables to ask: the folder holds no CSV, Parquet or SQLite file.")
    if missing := _missing_file(question, tables):
        return NotUnderstood(f"There is no table or file called “{missing}” here.")
    if column := _column_sought(question):
        return Describe(column=column)
    chosen = choose(question, tables, found or {})
    if not isinstance(chosen, Reading):
        return Describe() if isinstance(chosen, NotUnderstood) and _asks_for_tables(question) else chosen
    if (described := _describe(chosen)) is not None:
        return described
    if today := relative(tokens):
        return NotUnderstood(f"“{today}” depends on today; name the month, quarter or year instead.")
    return compose(chosen)


def _missing_file(question: str, tables: Sequence[Table]) -> str | None:
    known = {table.file.casefold() for table in tables} | {table.path.casefold() for table in tables}
    lowered = question.casefold()
    return next(
        (
            word.text
            for word in words(question)
            if word.kind == "file"
            and word.fold.endswith((".csv", ".tsv", ".parquet", ".sqlite", ".sqlite3", ".db"))
            and not any(name.endswith(word.text.casefold()) and name in lowered for name in known)
        ),
        None,
    )


def _column_sought(question: str) -> str:
    """ "Which table has the column wave_m": `wave_m`."""
    match = _HAS_COLUMN.search(question.strip())
    return match[1] if match else ""


def _asks_for_tables(question: str) -> bool:
    said = {word.fold for word in words(question)}
    return bool(said & _THINGS and said & _ABOUT)


def _describe(reading: Reading) -> Describe | None:
    if reading.of("value") or any(
        mention.kind == "column" and mention.weight > 2 for mention in reading.mentions
    ):
        return None
    said = {word.fold for word in reading.words}
    asks = bool(said & _ABOUT)
    is_about = reading.says("tell", "me", "about") == 0 or reading.says("what", "is", "in") == 0
    if is_about or "describe" in said or (asks and said & _COLUMNS):
        return Describe(reading.table)
    if asks and said & _THINGS and not reading.of("column"):
        return Describe(reading.table if reading.of("table") else None)
    return None
