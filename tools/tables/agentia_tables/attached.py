"""Tables that come with a call: text, read for that call only, by the same engine and within the same walls.

The text lies in a folder of its own while the call runs, and is gone when it ends.
"""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Protocol

from pydantic import Field

from agentia_fabric.toolserver.errors import BadArguments, NotFound, TooLong
from agentia_fabric.toolserver.folder import Folder, Skipped
from agentia_tables.catalog import Catalog, Survey
from agentia_tables.preparing import Preparing
from agentia_tables.source import Prepared, Source

TEXTS = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson")
FILES = 8
BYTES = 1024 * 1024

Attached = Annotated[
    dict[str, str] | None,
    Field(
        description="tables that came with the message, beside those of the folder: file name "
        "(.csv, .tsv, .json, .ndjson) and the file's whole text; 8 files, 1 MiB together"
    ),
]


class Shelf(Protocol):
    """Where tables are found by name: a folder, or a folder and what is attached."""

    def survey(self) -> Survey:
        """All tables."""
        ...

    def table(self, wanted: str) -> tuple[Source, Prepared]:
        """The table that is meant."""
        ...


class Beside:
    """Attached tables beside those of the folder; an attached one hides its namesake."""

    def __init__(self, attached: Catalog, served: Catalog) -> None:
        self._attached = attached
        self._served = served

    def survey(self) -> Survey:
        """The attached tables, then the others."""
        own, others = self._attached.survey(), self._served.survey()
        names = {source.table for source, _ in own.tables}
        hidden = [
            Skipped(source.file.path, "has the name of an attached table")
            for source, _ in others.tables
            if source.table in names
        ]
        kept = tuple(each for each in others.tables if each[0].table not in names)
        return Survey(
            (*own.tables, *kept), (*own.skipped, *hidden, *others.skipped), own.pending + others.pending
        )

    def table(self, wanted: str) -> tuple[Source, Prepared]:
        """The attached table, else the folder's; raises what `Catalog.table` does."""
        try:
            return self._attached.table(wanted)
        except NotFound:
            return self._served.table(wanted)


@contextmanager
def shelf(attached: Mapping[str, str] | None, served: Catalog) -> Generator[Shelf]:
    """What a call may ask: the folder, with what is attached to the call beside it.

    Raises:
        TooLong: more than 8 files or 1 MiB are attached.
        BadArguments: a name is none of a table of text, or two are the same.
    """
    if not attached:
        yield served
        return
    texts = _checked(attached)
    with tempfile.TemporaryDirectory(prefix="agentia-attached-") as place:
        folder, copies = Path(place, "files"), Path(place, "copies")
        folder.mkdir()
        for name, content in texts.items():
            (folder / name).write_bytes(content)
        yield Beside(Catalog(Folder(folder), Preparing(copies)), served)


def _checked(attached: Mapping[str, str]) -> dict[str, bytes]:
    """The files by their plain names."""
    if len(attached) > FILES:
        raise TooLong(f"{len(attached)} files are attached, {FILES} at most are read: attach fewer.")
    texts = {_plain(name): text.encode(errors="replace") for name, text in attached.items()}
    if len(texts) < len(attached):
        raise BadArguments("Two attached files have the same name: give each its own.")
    if sum(map(len, texts.values())) > BYTES:
        raise TooLong(
            "The attached files have more than 1 MiB together: put them into the folder that is served."
        )
    return texts


def _plain(name: str) -> str:
    """The last part of a name, visible, not long."""
    last = "".join(char for char in name.replace("\\", "/").rsplit("/", 1)[-1] if char.isprintable())
    plain = last.strip().lstrip(".")
    stem, dot, ending = plain.rpartition(".")
    if not stem or f"{dot}{ending}".lower() not in TEXTS:
        raise BadArguments(
            f"{name[:100]!r} cannot be attached as a table: only {', '.join(TEXTS)} are read from a message."
        )
    return f"{stem[:80]}.{ending}"
