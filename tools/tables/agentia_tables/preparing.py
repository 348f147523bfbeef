"""Makes a Parquet file of every other kind of file, once per version of it.

Queries then read Parquet only: typed, without parsing again, without holding a table in memory.
The copies lie in a folder of ours, named by path, size and time of change; those whose file has
changed or gone are deleted.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from agentia_fabric.toolserver.errors import Unreadable
from agentia_tables import duck
from agentia_tables.exact import exactly
from agentia_tables.formats import database, delimited, json_lines
from agentia_tables.source import Column, Prepared, Source
from agentia_tables.tidy import tidied

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORM = 2
"""Goes into the names of the copies: raise it when they would come out differently."""
SECONDS = 60.0
MEMORY = "384MB"
PATH_IN_TEXT = re.compile(r"""["']?/[^\s"']+["']?""")


class Preparing:
    """Prepared tables below one folder of ours, which is made when it is needed."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache

    def prepared(self, source: Source) -> Prepared:
        """The table of a source; made now when there is none yet.

        Raises:
            Unreadable: the file is at fault; the sentence is the reason alone.
        """
        import duckdb

        try:
            return _described(source.file.location if source.format == "parquet" else self._copied(source))
        except duckdb.InterruptException:
            raise Unreadable(f"takes longer than {SECONDS:.0f} s to read") from None
        except duckdb.Error as error:
            raise Unreadable(f"cannot be read as {source.format}: {_reason(str(error))}") from None
        except OSError as error:
            raise Unreadable(f"cannot be read: {(error.strerror or 'unknown reason').lower()}") from None

    def keep(self, sources: Iterable[Source]) -> None:
        """Delete all copies but those of these sources."""
        wanted = {self._copy_of(source).name for source in sources}
        if self._cache.is_dir():
            for file in self._cache.glob("*.parquet"):
                if file.name not in wanted:
                    file.unlink(missing_ok=True)

    def _copied(self, source: Source) -> Path:
        copy = self._copy_of(source)
        if not copy.exists():
            self._cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            work = Path(tempfile.mkdtemp(dir=self._cache))
            try:
                _made(source, work).replace(copy)
            finally:
                shutil.rmtree(work, ignore_errors=True)
        return copy

    def _copy_of(self, source: Source) -> Path:
        file = source.file
        version = f"{FORM}\0{file.path}\0{source.inner}\0{file.bytes}\0{file.modified_ns}"
        return self._cache / f"{hashlib.sha256(version.encode()).hexdigest()[:32]}.parquet"


def _made(source: Source, work: Path) -> Path:
    """The Parquet file of a source, in the folder `work`."""
    location = source.file.location
    raw, tidy, exact = (work / f"{name}.parquet" for name in ("raw", "tidy", "exact"))
    touched = [location, raw, tidy, exact, delimited.readable_copy(work), database.rows_copy(work)]
    connection = duck.confined(touched, MEMORY, spill=work / "spill")
    with connection, duck.bounded(connection, SECONDS):
        duck.lock(connection)
        if source.inner is not None:
            database.load(location, source.inner, raw, work, connection)
        elif source.format == "json":
            json_lines.load(location, raw, connection)
        else:
            delimited.load(location, raw, work, connection)
        made = _rewritten(connection, tidied(connection, raw, _columns(connection, raw)), raw, tidy)
        return _rewritten(connection, exactly(connection, made, _columns(connection, made)), made, exact)


def _rewritten(connection: DuckDBPyConnection, select: str | None, table: Path, target: Path) -> Path:
    """The table read by a select list, or itself when there is none."""
    if select is None:
        return table
    reading = f"SELECT {select} FROM read_parquet({duck.text(table)})"  # noqa: S608
    connection.execute(f"COPY ({reading}) TO {duck.text(target)} (FORMAT parquet)")
    return target


def _described(parquet: Path) -> Prepared:
    connection = duck.confined([parquet], MEMORY)
    with connection, duck.bounded(connection, SECONDS):
        duck.lock(connection)
        found = connection.execute(f"SELECT count(*) FROM read_parquet({duck.text(parquet)})").fetchone()  # noqa: S608
        return Prepared(parquet, found[0] if found else 0, tuple(_columns(connection, parquet)))


def _columns(connection: DuckDBPyConnection, parquet: Path) -> list[Column]:
    described = connection.execute(f"DESCRIBE FROM read_parquet({duck.text(parquet)})").fetchall()
    return [Column(name, of) for name, of, *_ in described]


def _reason(message: str) -> str:
    """The first line of what DuckDB says, without its kind and without paths of this machine."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    first = lines[0].split("Error: ", 1)[-1] if lines else "unknown reason"
    second = lines[1] if len(lines) > 1 and first.startswith("CSV Error on Line") else ""
    return PATH_IN_TEXT.sub("the file", f"{first} {second}".strip().rstrip("."))[:300]
