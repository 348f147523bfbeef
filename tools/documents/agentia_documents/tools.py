"""The three tools."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import Field

from agentia_documents.answers import Document, Documents, Excerpt, FoundPassage, Passages, SkippedFile
from agentia_documents.index import Index, State
from agentia_documents.kinds import SUFFIXES
from agentia_documents.ranking import ranked
from agentia_documents.wanted import wanted
from agentia_fabric.toolserver.errors import NotFound, OutsideFolder, TooLong, Unreadable

TEXT = 400_000
HEADINGS = 12
"""Of one document in the list."""
PATH = Field(
    max_length=1_000, description="relative to the folder, as list_documents gives it; a name alone will do"
)


class DocumentTools:
    """Search and reading over one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def all(self) -> tuple[Callable[..., Any], ...]:
        """The functions to publish."""
        return self.list_documents, self.search_documents, self.read_document

    def list_documents(self, limit: Annotated[int, Field(ge=1, le=1_000)] = 200) -> Documents:
        """List the documents of the folder by path, and the files that cannot be read, with the reason."""
        with self._index.current() as (database, state):
            rows = database.execute(
                "SELECT path, title, kind, bytes, lines, modified_ns, id FROM documents"
                " WHERE unreadable IS NULL ORDER BY path LIMIT ?",
                (limit,),
            ).fetchall()
            headings = {row[-1]: _headings(database, row[-1]) for row in rows}
            (total,) = database.execute("SELECT count(*) FROM documents WHERE unreadable IS NULL").fetchone()
        return Documents(
            documents=[
                Document(
                    path=path,
                    title=title,
                    headings=headings[own],
                    kind=kind,
                    bytes=size,
                    lines=lines,
                    modified=_time(at),
                )
                for path, title, kind, size, lines, at, own in rows
            ],
            total=total,
            skipped=[SkippedFile(path=each.path, reason=each.reason) for each in state.skipped],
            pending=state.pending,
        )

    def search_documents(
        self,
        query: Annotated[str, Field(min_length=1, max_length=2_000, description="a question, or words")],
        limit: Annotated[int, Field(ge=1, le=50)] = 5,
        path: Annotated[
            str | None, Field(max_length=1_000, description="only this document or folder")
        ] = None,
    ) -> Passages:
        """Find the passages that answer a question best, with path, heading, page and lines to quote by."""
        asked = wanted(query)
        with self._index.current() as (database, state):
            within = None if path is None else self._documents_at(database, path)
            found, total = ranked(database, asked, within)
            passages = [_passage(database, each.passage, each.score) for each in found[:limit]]
        return Passages(passages=passages, total=total, pending=state.pending)

    def read_document(
        self,
        path: Annotated[str, PATH],
        start: Annotated[int, Field(ge=1, description="the first line, from 1")] = 1,
        lines: Annotated[int, Field(ge=1, le=2_000)] = 200,
    ) -> Excerpt:
        """Read lines of a document as text. Lines of PDF, Word and HTML documents are those of their text."""
        with self._index.current() as (database, state):
            known = self._pick(database, state, path)
            title, text = database.execute(
                "SELECT title, text FROM documents WHERE path = ?", (known,)
            ).fetchone()
        whole = text.split("\n")
        if start > len(whole):
            raise NotFound(f"{known} has {len(whole)} lines: start at one of them.")
        part = whole[start - 1 : start - 1 + lines]
        if sum(map(len, part)) > TEXT:
            raise TooLong(f"These lines have more than {TEXT:,} characters: ask for fewer lines.")
        end = start + len(part) - 1
        return Excerpt(
            path=known, title=title, start=start, end=end, total_lines=len(whole), text="\n".join(part)
        )

    def _pick(self, database: sqlite3.Connection, state: State, path: str) -> str:
        """The path of the readable document that is meant.

        Raises:
            OutsideFolder, NotFound: see `Folder.pick`.
            Unreadable: it is there, but not readable.
        """
        readable = [
            each for (each,) in database.execute("SELECT path FROM documents WHERE unreadable IS NULL")
        ]
        reasons = {each.path: each.reason for each in state.skipped if each.path}
        try:
            return self._index.folder.pick(path, readable)
        except NotFound:
            relative = self._index.folder.locate(path).relative_to(self._index.folder.root).as_posix()
            if relative in reasons:
                raise Unreadable(f"{relative} {reasons[relative]}.") from None
            if self._is_another_file(relative):
                kinds = " ".join(sorted(SUFFIXES))
                raise Unreadable(f"{relative} is no document; documents are {kinds}.") from None
            raise
        except OutsideFolder:
            if path in reasons:  # a link that leads outside is listed as skipped under its own name
                raise OutsideFolder(f"{path} {reasons[path]}.") from None
            raise

    def _is_another_file(self, relative: str) -> bool:
        hidden = any(part.startswith(".") for part in PurePosixPath(relative).parts)
        suffix = PurePosixPath(relative).suffix.lower()
        return not hidden and suffix not in SUFFIXES and (self._index.folder.root / relative).is_file()

    def _documents_at(self, database: sqlite3.Connection, path: str) -> list[int]:
        """The documents below a folder, or the one that is meant.

        Raises:
            OutsideFolder, NotFound: see `Folder.pick`.
        """
        root = self._index.folder.root
        relative = self._index.folder.locate(path).relative_to(root).as_posix()
        rows = database.execute("SELECT id, path FROM documents WHERE unreadable IS NULL").fetchall()
        if (root / relative).is_dir():
            below = "" if relative == "." else relative + "/"
            return [document for document, each in rows if each.startswith(below)]
        meant = self._index.folder.pick(path, [each for _, each in rows])
        return [document for document, each in rows if each == meant]


def _headings(database: sqlite3.Connection, document: int) -> list[str]:
    rows = database.execute(
        "SELECT substr(heading, 1, 200) FROM places WHERE document = ? AND heading IS NOT NULL"
        " GROUP BY heading ORDER BY min(id) LIMIT ?",
        (document, HEADINGS),
    )
    return [heading for (heading,) in rows]


def _passage(database: sqlite3.Connection, passage: int, score: float) -> FoundPassage:
    path, title, heading, page, start, end, quote = database.execute(
        "SELECT d.path, d.title, p.heading, p.page, p.line_start, p.line_end, passages.quote"
        " FROM places p JOIN documents d ON d.id = p.document JOIN passages ON passages.rowid = p.id"
        " WHERE p.id = ?",
        (passage,),
    ).fetchone()
    return FoundPassage(
        path=path,
        title=title,
        heading=heading,
        page=page,
        line_start=start,
        line_end=end,
        quote=quote,
        score=round(min(score, 1.0), 3),
    )


def _time(nanoseconds: int) -> str:
    return datetime.fromtimestamp(nanoseconds // 1_000_000_000, UTC).isoformat().replace("+00:00", "Z")
