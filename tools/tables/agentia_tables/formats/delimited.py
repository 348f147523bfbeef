"""CSV and TSV: delimiter, quotes, header, types and dates are sniffed by DuckDB over the whole file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from agentia_fabric.toolserver.errors import Unreadable
from agentia_tables import duck

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PROBE_BYTES = 65_536
WHOLE_FILE_BYTES = 64 * 1024 * 1024
CHUNK = 1024 * 1024
DELIMITERS = (",", ";", "\t", "|")
QUOTES = ('"', "'")
PADDED = "header = true, null_padding = true"


def load(location: Path, target: Path, work: Path, connection: DuckDBPyConnection) -> None:
    """Write a delimited text file to Parquet.

    Raises:
        Unreadable: it is empty, binary, or has rows with more fields than its header.
    """
    readable = _as_utf8(location, work)
    rows = -1 if readable.stat().st_size <= WHOLE_FILE_BYTES else 100_000
    tabs = ", delim = '\t'" if location.suffix.lower() in (".tsv", ".tab") else ""
    options = f"{duck.text(readable)}, sample_size = {rows}{tabs}"
    if ragged := _delimiter_of_ragged(readable, options, connection):
        options = f"{duck.text(readable)}, delim = {duck.text(ragged)}, skip = 0, {PADDED}"
    import duckdb

    try:
        reading = f"SELECT * FROM read_csv({options})"  # noqa: S608
        connection.execute(f"COPY ({reading}) TO {duck.text(target)} (FORMAT parquet)")
    except duckdb.InvalidInputException:
        if ragged:
            raise Unreadable("has rows with more fields than its header") from None
        raise


def _delimiter_of_ragged(readable: Path, options: str, connection: DuckDBPyConnection) -> str | None:
    """The delimiter of a file some of whose rows are too short, else None.

    The sniffer would rather skip the rows above the last short one, header included, or take all
    for one column; what it then finds looks well and is wrong.
    """
    found = connection.execute(
        f"SELECT SkipRows, HasHeader, Delimiter, len(Columns) FROM sniff_csv({options})"  # noqa: S608
    ).fetchone()
    if not found:
        return None
    skipped, header, delimiter, columns = found
    if skipped and not header:
        return delimiter
    with readable.open(encoding="utf-8-sig") as stream:
        first = stream.readline(PROBE_BYTES)
    most = max(DELIMITERS, key=first.count)
    return most if columns == 1 and most in first and first[0] not in QUOTES else None


def readable_copy(work: Path) -> Path:
    """Where the copy of a file that is not UTF-8 goes."""
    return work / "utf8.csv"


def _as_utf8(location: Path, work: Path) -> Path:
    """The file itself, or a copy in UTF-8 when it is in UTF-16 or Windows-1252."""
    with location.open("rb") as stream:
        head = stream.read(PROBE_BYTES)
    if not head.strip():
        raise Unreadable("is empty")
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and b"\0" in head:
        raise Unreadable("is binary, not text")
    if not wide and _is_utf8(location):
        return location
    copy = readable_copy(work)
    with (
        location.open(encoding="utf-16" if wide else "cp1252", errors="replace", newline="") as read,
        copy.open("w", encoding="utf-8", newline="") as write,
    ):
        while chunk := read.read(CHUNK):
            write.write(chunk)
    return copy


def _is_utf8(location: Path) -> bool:
    try:
        with location.open(encoding="utf-8", newline="") as stream:
            while stream.read(CHUNK):
                pass
    except UnicodeDecodeError:
        return False
    return True
