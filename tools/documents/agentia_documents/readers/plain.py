"""Bytes of a text file as lines."""

from __future__ import annotations

from agentia_documents.extract import Extract
from agentia_fabric.toolserver.errors import Unreadable

PROBE = 8_192
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252.

    Raises:
        Unreadable: it is no text.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data[:PROBE]:
        raise Unreadable("is binary, not text")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def lines_of(text: str) -> tuple[str, ...]:
    """Lines as an editor counts them, without their ends; tabs stay."""
    return tuple(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def without_last_empty(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The same lines without the empty one behind the last line end."""
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def read(data: bytes, name: str) -> Extract:
    """Read plain text; its title is its name."""
    return Extract(name, without_last_empty(lines_of(decoded(data))))
