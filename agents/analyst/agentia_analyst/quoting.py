"""Names and values in SQL: always quoted, never pasted."""

from __future__ import annotations

from datetime import date


def identifier(name: str) -> str:
    """A table's or column's name, quoted: `my "x"` becomes `"my ""x\"\"\"`."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A value, quoted as its kind asks for.

    Raises:
        TypeError: the value is no string, number, boolean, date or None.
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("\0", "").replace("'", "''") + "'"
    raise TypeError(f"a {type(value).__name__} cannot stand in a statement")
