"""Full-text index over the documents of a folder, brought up to date a bounded step at a time.

It lives in a temporary SQLite database: pages beyond the cache go to a file that the operating
system deletes with the process, so a large folder costs disk and not memory, and no copy of a
document outlives the server.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath

from agentia_documents.extract import Extract
from agentia_documents.kinds import SUFFIXES, kind_of, reader_of
from agentia_documents.passages import passages_of
from agentia_fabric.toolserver.errors import Busy, Unreadable
from agentia_fabric.toolserver.folder import Folder, FoundFile, Skipped

FILE_BYTES = 32 * 1024 * 1024
CHARACTERS = 8_000_000
STEP_SECONDS = 4.0
LOCK_SECONDS = 20.0

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -8000;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE, title TEXT, kind TEXT, bytes INTEGER, modified_ns INTEGER,
    lines INTEGER, text TEXT, unreadable TEXT
);
CREATE TABLE places (
    id INTEGER PRIMARY KEY, document INTEGER, heading TEXT, page INTEGER, line_start INTEGER, line_end INTEGER
);
CREATE INDEX places_document ON places (document);
CREATE VIRTUAL TABLE passages USING fts5 (
    quote, trail, title, tokenize = "porter unicode61 remove_diacritics 2"
);
"""


@dataclass(frozen=True, slots=True)
class State:
    """What is not in the index: files that cannot be, and how many are not yet."""

    skipped: tuple[Skipped, ...]
    pending: int


class Index:
    """Use it as `with index.current() as (database, state)`: one caller at a time."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._rest: threading.Thread | None = None
        self._closed = False
        self._database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        weakref.finalize(self, self._database.close)
        self._database.executescript(SCHEMA)

    @contextmanager
    def current(self) -> Generator[tuple[sqlite3.Connection, State]]:
        """The database after one step of indexing.

        Raises:
            Busy: other calls held the index for 20 s.
            Unreadable: the folder is not there.
        """
        if not self._lock.acquire(timeout=LOCK_SECONDS):
            raise Busy("The index is being built: try again in a moment.")
        try:
            state = self._step()
            if state.pending:
                self._go_on()
            yield self._database, state
        finally:
            self._lock.release()

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._closed = True
            self._database.close()

    def _go_on(self) -> None:
        """Index the rest beside the calls, a step at a time."""
        if self._rest is None or not self._rest.is_alive():
            self._rest = threading.Thread(target=self._index_the_rest, name="index", daemon=True)
            self._rest.start()

    def _index_the_rest(self) -> None:
        pending = 1
        while pending:
            with self._lock:
                if self._closed:
                    return
                try:
                    pending = self._step().pending
                except Unreadable:
                    return  # the folder went; the next call says so
            time.sleep(0.01)  # lets waiting calls in: locks are not fair

    def _step(self) -> State:
        listing = self.folder.listing(SUFFIXES, FILE_BYTES)
        known = {
            path: (size, at)
            for path, size, at in self._rows("SELECT path, bytes, modified_ns FROM documents")
        }
        present = {file.path for file in listing.files}
        changed = [file for file in listing.files if known.get(file.path) != (file.bytes, file.modified_ns)]
        deadline = time.monotonic() + STEP_SECONDS
        done = 0
        self._database.execute("BEGIN")
        for path in known.keys() - present:
            self._forget(path)
        for file in changed:
            if done and time.monotonic() > deadline:
                break
            self._take(file)
            done += 1
        self._database.execute("COMMIT")
        broken = self._rows("SELECT path, unreadable FROM documents WHERE unreadable IS NOT NULL")
        skipped = (*listing.skipped, *(Skipped(path, reason) for path, reason in broken))
        return State(tuple(sorted(skipped, key=lambda each: each.path)), len(changed) - done)

    def _take(self, file: FoundFile) -> None:
        self._forget(file.path)
        row = (file.path, kind_of(file.path), file.bytes, file.modified_ns)
        try:
            extract = _extracted(file)
        except Unreadable as error:
            self._database.execute(
                "INSERT INTO documents (path, kind, bytes, modified_ns, unreadable) VALUES (?, ?, ?, ?, ?)",
                (*row, error.sentence),
            )
            return
        document = self._database.execute(
            "INSERT INTO documents (path, kind, bytes, modified_ns, title, lines, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*row, extract.title, len(extract.lines), "\n".join(extract.lines)),
        ).lastrowid
        named = f"{extract.title} {' '.join(PurePosixPath(file.path).with_suffix('').parts)}"
        for passage in passages_of(extract):
            place = self._database.execute(
                "INSERT INTO places (document, heading, page, line_start, line_end) VALUES (?, ?, ?, ?, ?)",
                (document, passage.heading, passage.page, passage.line_start, passage.line_end),
            ).lastrowid
            self._database.execute(
                "INSERT INTO passages (rowid, quote, trail, title) VALUES (?, ?, ?, ?)",
                (place, passage.quote, passage.trail, named),
            )

    def _forget(self, path: str) -> None:
        for (document,) in self._rows("SELECT id FROM documents WHERE path = ?", path):
            self._database.execute(
                "DELETE FROM passages WHERE rowid IN (SELECT id FROM places WHERE document = ?)", (document,)
            )
            self._database.execute("DELETE FROM places WHERE document = ?", (document,))
            self._database.execute("DELETE FROM documents WHERE id = ?", (document,))

    def _rows(self, sql: str, *values: object) -> Sequence[tuple[str, ...]]:
        return self._database.execute(sql, values).fetchall()


def _extracted(file: FoundFile) -> Extract:
    """Read a file.

    Raises:
        Unreadable: with the reason alone as its sentence.
    """
    try:
        opened = os.open(
            file.location, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        )
        with os.fdopen(opened, "rb") as stream:
            data = stream.read(FILE_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read: {(error.strerror or 'unknown reason').lower()}") from None
    if len(data) > FILE_BYTES:
        raise Unreadable(f"has more than {FILE_BYTES:,} bytes")
    extract = reader_of(file.path)(data, PurePosixPath(file.path).stem)
    if sum(map(len, extract.lines)) > CHARACTERS:
        raise Unreadable(f"has more than {CHARACTERS:,} characters")
    return extract
