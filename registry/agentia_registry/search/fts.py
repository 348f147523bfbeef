"""The index in SQLite's FTS5, in memory: it is built at start from the registrations."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable, Sequence


class FtsIndex:
    """An :class:`agentia_registry.search.port.Index`. Used from one thread."""

    def __init__(self) -> None:
        self._sqlite = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._sqlite.close)
        self._sqlite.execute("CREATE VIRTUAL TABLE documents USING fts5(stems, tokenize='unicode61')")

    def put(self, key: int, stems: Iterable[str]) -> None:
        """Add a document, or replace it."""
        self.remove(key)
        self._sqlite.execute("INSERT INTO documents(rowid, stems) VALUES (?, ?)", (key, " ".join(stems)))

    def remove(self, key: int) -> None:
        """Forget a document."""
        self._sqlite.execute("DELETE FROM documents WHERE rowid = ?", (key,))

    def candidates(self, stems: Sequence[str], limit: int) -> list[int]:
        """The documents that hold any of the stems, best by FTS5's own BM25 first."""
        if not stems:
            return []
        query = " OR ".join(f'"{stem}"' for stem in stems)  # stems hold letters and digits only
        rows = self._sqlite.execute(
            "SELECT rowid FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ?", (query, limit)
        )
        return [key for (key,) in rows]
