"""The tables of the folder: which there are, where they come from, and what is wrong with the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from agentia_fabric.toolserver.errors import Busy, NotFound, OutsideFolder, Unreadable
from agentia_fabric.toolserver.folder import Folder, FoundFile, Skipped
from agentia_tables import names
from agentia_tables.formats import database
from agentia_tables.preparing import Preparing
from agentia_tables.source import Prepared, Source

FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".parquet": "parquet",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
}
FILE_BYTES = 1024 * 1024 * 1024
TABLES = 500
STEP_SECONDS = 10.0
LOCK_SECONDS = 30.0

Version = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Contents:
    """Sources by table name, and the files that are none."""

    sources: dict[str, Source]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """All tables that can be queried, the files that cannot be read, and how many are not prepared yet."""

    tables: tuple[tuple[Source, Prepared], ...]
    skipped: tuple[Skipped, ...]
    pending: int


class Catalog:
    """Tables by name; files that change are read again, broken ones keep to themselves."""

    def __init__(self, folder: Folder, preparing: Preparing) -> None:
        self._folder = folder
        self._preparing = preparing
        self._lock = threading.Lock()
        self._prepared: dict[Source, Prepared | Unreadable] = {}
        self._inner: dict[Version, list[str] | Unreadable] = {}

    def survey(self) -> Survey:
        """Prepare as many tables as 10 s allow, and say what there is.

        Raises:
            Busy: other calls held the catalog for 30 s.
            Unreadable: the folder is not there.
        """
        tables: list[tuple[Source, Prepared]] = []
        with self._held():
            contents = self._contents()
            skipped = list(contents.skipped)
            deadline = time.monotonic() + STEP_SECONDS
            pending = 0
            for source in contents.sources.values():
                if source not in self._prepared and time.monotonic() > deadline:
                    pending += 1
                    continue
                try:
                    tables.append((source, self._prepare(source)))
                except Unreadable as error:
                    skipped.append(Skipped(_shown(source), error.sentence))
            self._preparing.keep(contents.sources.values())
        return Survey(tuple(tables), tuple(sorted(skipped, key=lambda each: each.path)), pending)

    def table(self, wanted: str) -> tuple[Source, Prepared]:
        """The table that is meant, prepared; see `names.pick` for how it may be written.

        Raises:
            NotFound, OutsideFolder: there is none.
            Unreadable: its file is at fault.
            Busy: other calls held the catalog for 30 s.
        """
        with self._held():
            contents = self._contents()
            source = contents.sources[self._pick(wanted, contents)]
            try:
                return source, self._prepare(source)
            except Unreadable as error:
                raise Unreadable(f"{_shown(source)} {error.sentence}.") from None

    def _pick(self, wanted: str, contents: Contents) -> str:
        listed = [
            names.Named(source.table, source.file.path, source.inner) for source in contents.sources.values()
        ]
        if "/" in wanted or "\\" in wanted:
            self._folder.locate(wanted)
        try:
            return names.pick(wanted, listed)
        except NotFound:
            for file in contents.skipped:
                if file.path and wanted.lower() in (file.path.lower(), names.name_for(file.path)):
                    fault = OutsideFolder if "outside" in file.reason else Unreadable
                    raise fault(f"{file.path} {file.reason}.") from None
            raise

    def _prepare(self, source: Source) -> Prepared:
        if source not in self._prepared:
            try:
                self._prepared[source] = self._preparing.prepared(source)
            except Unreadable as error:
                self._prepared[source] = error
        made = self._prepared[source]
        if isinstance(made, Unreadable):
            raise Unreadable(made.sentence)
        return made

    def _contents(self) -> Contents:
        """What the folder holds now; what belongs to files that changed or went is forgotten."""
        listing = self._folder.listing(frozenset(FORMATS), FILE_BYTES)
        sources: dict[str, Source] = {}
        skipped = list(listing.skipped)
        # Shallow files first, so that theirs are the plain names.
        for file in sorted(listing.files, key=lambda file: (file.path.count("/"), file.path)):
            try:
                for source in self._sources(file, sources):
                    sources[source.table] = source
            except Unreadable as error:
                skipped.append(Skipped(file.path, error.sentence))
            if len(sources) > TABLES:
                skipped.append(Skipped("", f"there are more than {TABLES} tables; the rest is left out"))
                break
        current = set(sources.values())
        self._prepared = {source: made for source, made in self._prepared.items() if source in current}
        versions = {_version(file) for file in listing.files}
        self._inner = {version: found for version, found in self._inner.items() if version in versions}
        return Contents(sources, tuple(skipped))

    def _sources(self, file: FoundFile, taken: dict[str, Source]) -> Iterator[Source]:
        form = FORMATS[Path(file.path).suffix.lower()]
        for inner in self._tables_in(file) if form == "sqlite" else (None,):
            name = names.unique(file.path, names.name_for(file.path, inner), taken)
            yield Source(name, file, form, inner)

    def _tables_in(self, file: FoundFile) -> list[str]:
        if (version := _version(file)) not in self._inner:
            try:
                self._inner[version] = database.table_names(file.location)
            except Unreadable as error:
                self._inner[version] = error
        found = self._inner[version]
        if isinstance(found, Unreadable):
            raise Unreadable(found.sentence)
        return found

    @contextmanager
    def _held(self) -> Generator[None]:
        if not self._lock.acquire(timeout=LOCK_SECONDS):
            raise Busy("Tables are being read: try again in a moment.")
        try:
            yield
        finally:
            self._lock.release()


def _version(file: FoundFile) -> Version:
    return file.path, file.bytes, file.modified_ns


def _shown(source: Source) -> str:
    return f"{source.file.path} ({source.inner})" if source.inner else source.file.path
