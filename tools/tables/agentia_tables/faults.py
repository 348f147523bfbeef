"""What DuckDB says, as an error of ours: which of them it is, in one sentence, without paths."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager

from agentia_fabric.toolserver.errors import NotFound, OutsideFolder, ToolFault, TooLong
from agentia_tables.errors import BadSql, ReadOnly

KIND = re.compile(r"^[\w ]*Error: ")
POINTER = re.compile(r"\n\nLINE |\n\s*Candidate functions:")
MISSING = re.compile(r"(?:Table|View) with name (\S+) does not exist")


@contextmanager
def told() -> Generator[None]:
    """Turn DuckDB's exceptions into ours."""
    import duckdb

    try:
        yield
    except duckdb.InternalException:
        raise
    except duckdb.Error as error:
        raise _fault(error) from None


def _fault(error: Exception) -> ToolFault:
    import duckdb

    message = str(error)
    match error:
        case duckdb.PermissionException():
            return OutsideFolder("SQL reads the tables of the folder only, by their names: see list_tables.")
        case duckdb.InterruptException():
            return TooLong("The statement ran too long: aggregate or filter more, or ask for less.")
        case duckdb.OutOfMemoryException():
            return TooLong("The statement needs too much memory: aggregate or filter more, or ask for less.")
        case duckdb.TransactionException():
            return ReadOnly("Tables can only be read: use SELECT.")
        case duckdb.CatalogException() if "is not an table" in message:
            return ReadOnly("Tables can only be read: use SELECT.")
        case duckdb.CatalogException() if found := MISSING.search(message):
            return NotFound(f"There is no table {found[1]}: list_tables names them.")
        case _:
            return BadSql(_sentence(message))


def _sentence(message: str) -> str:
    """The message up to where it points into the statement."""
    lines = [line.strip() for line in POINTER.split(message)[0].splitlines() if line.strip()]
    text = KIND.sub("", " ".join(lines))[:500].strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
