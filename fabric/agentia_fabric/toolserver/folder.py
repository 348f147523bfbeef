"""The served folder: which files it holds, and that no path leads out of it.

Links are followed to files inside the folder only, linked folders never; names that begin with a
dot do not exist. A path is checked after every link in it is resolved, and what is opened is the
resolved file.
"""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agentia_fabric.toolserver.errors import NotFound, OutsideFolder, Unreadable

FILES = 5_000
ENTRIES = 50_000
DEPTH = 16


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the folder; `path` is relative with `/`, `location` absolute without links."""

    path: str
    location: Path
    bytes: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not served, and why in one sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What one walk found, sorted by path."""

    files: tuple[FoundFile, ...]
    skipped: tuple[Skipped, ...]


class Folder:
    """One folder, named by its resolved path."""

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().resolve()

    def listing(self, suffixes: frozenset[str], max_bytes: int) -> Listing:
        """All files whose names end with one of `suffixes` (lower case, with the dot).

        Raises:
            Unreadable: the folder is not there or may not be read.
        """
        files: list[FoundFile] = []
        skipped: list[Skipped] = []
        for entry in self._walk():
            if os.path.splitext(entry.name)[1].lower() not in suffixes:  # noqa: PTH122  (a DirEntry, thousands of them)
                continue
            if len(files) == FILES:
                skipped.append(Skipped("", f"the folder holds more than {FILES} files; the rest is left out"))
                break
            found = self._found(entry, max_bytes)
            (files if isinstance(found, FoundFile) else skipped).append(found)  # pyright: ignore[reportArgumentType]
        return Listing(tuple(files), tuple(skipped))

    def locate(self, path: str) -> Path:
        """The resolved location of a path that the caller gave, relative to the folder or absolute.

        Raises:
            OutsideFolder: it leads out of the folder.
            NotFound: it is no path at all.
        """
        try:
            location = (self.root / path).resolve()
        except (ValueError, OSError, RuntimeError):
            raise NotFound(f"There is no file {path[:100]!r} in the folder.") from None
        if not location.is_relative_to(self.root):
            raise OutsideFolder(
                f"{path[:100]!r} leads outside the served folder: give a path relative to it, as listed."
            )
        return location

    def pick(self, path: str, paths: list[str]) -> str:
        """The one of `paths` that the caller means: by path, else by name, else by name without its ending.

        Raises:
            OutsideFolder: it leads out of the folder.
            NotFound: none or several fit; the sentence names the nearest.
        """
        wanted = self.locate(path)
        relative = wanted.relative_to(self.root).as_posix()
        if relative in paths:
            return relative
        for fitting in _by_name(relative, paths):
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                raise NotFound(f"{path!r} could be any of {', '.join(fitting[:5])}: give the whole path.")
        raise NotFound(f"There is no file {path[:100]!r} in the folder.{nearest(relative, paths)}")

    def _walk(self) -> Iterator[os.DirEntry[str]]:
        """The visible files below the root, folder by folder in the order of their names."""
        pending: list[tuple[Path, int]] = [(self.root, 0)]
        seen = 0
        while pending:
            folder, depth = pending.pop()
            try:
                with os.scandir(folder) as opened:
                    entries = sorted(opened, key=lambda entry: entry.name)
            except OSError as error:
                if depth:
                    continue
                raise Unreadable(f"The served folder cannot be read: {_reason(error)}.") from None
            visible = [entry for entry in entries if not entry.name.startswith(".")]
            below = [Path(entry.path) for entry in visible if entry.is_dir(follow_symlinks=False)]
            yield from (entry for entry in visible if not entry.is_dir(follow_symlinks=False))
            if depth < DEPTH:
                pending.extend((path, depth + 1) for path in reversed(below))
            seen += len(entries)
            if seen > ENTRIES:
                return

    def _found(self, entry: os.DirEntry[str], max_bytes: int) -> FoundFile | Skipped:
        path = Path(entry.path).relative_to(self.root).as_posix()
        try:
            location = Path(entry.path).resolve(strict=True)
            status = location.stat()
        except (OSError, RuntimeError) as error:
            return Skipped(path, f"cannot be read: {_reason(error)}")
        if not location.is_relative_to(self.root):
            return Skipped(path, "is a link that leads outside the folder")
        if any(part.startswith(".") for part in location.relative_to(self.root).parts):
            return Skipped(path, "is a link to a hidden file")
        if not stat.S_ISREG(status.st_mode):
            return Skipped(path, "is not a file")
        if status.st_size > max_bytes:
            return Skipped(path, f"has {status.st_size:,} bytes; at most {max_bytes:,} are read")
        return FoundFile(path, location, status.st_size, status.st_mtime_ns)


def nearest(name: str, names: list[str]) -> str:
    """A sentence with up to three of `names` that resemble `name`, or with what there is; may be empty."""
    close = difflib.get_close_matches(name.lower(), names, n=3, cutoff=0.5)
    if close:
        return f" The nearest: {', '.join(close)}."
    return f" There are: {', '.join(names[:10])}{' …' if len(names) > 10 else ''}." if names else ""


def _by_name(wanted: str, paths: list[str]) -> Iterator[list[str]]:
    lowered = wanted.lower()
    yield [path for path in paths if path.lower() == lowered]
    yield [path for path in paths if Path(path).name.lower() == Path(lowered).name]
    yield [path for path in paths if Path(path).stem.lower() == Path(lowered).stem]


def _reason(error: Exception) -> str:
    """Why the operating system refused, without the path that its message carries."""
    return (
        (error.strerror or "unknown reason").lower()
        if isinstance(error, OSError)
        else "its links form a loop"
    )
