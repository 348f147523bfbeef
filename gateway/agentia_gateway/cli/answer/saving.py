"""Keeps the files of an answer in a folder, never outside it and never over a file that is there."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from agentia_gateway.cli.answer.collected import Artifact
from agentia_gateway.cli.answer.pieces import Data, File, Table, extension
from agentia_gateway.cli.failure import Failure

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u202a-\u202e\u2066-\u2069]')
_MAX_NAME = 120
_MAX_TRIES = 1000


def save(artifact: Artifact, folder: Path) -> list[Path]:
    """Write what an artifact holds into a folder, which is made when it is not there; tell where.

    Raises:
        Failure: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_written(folder, name, content) for name, content in _files(artifact)]
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Failure(
            f"The files cannot be kept in {folder}: {reason}.", "Name another with --out."
        ) from None


def safe_name(name: str) -> str:
    """A name that stays in its folder: the last part of the sender's path, harmless, not hidden, not long."""
    last = re.split(r"[/\\]", name)[-1]
    cleaned = _UNSAFE.sub("", last).strip().strip(".").strip()
    stem, dot, ending = cleaned.rpartition(".")
    if len(cleaned) > _MAX_NAME:
        cleaned = f"{stem[: _MAX_NAME - 12]}{dot}{ending[:10]}" if dot else cleaned[:_MAX_NAME]
    return cleaned or "file"


def _files(artifact: Artifact) -> Iterator[tuple[str, bytes]]:
    title = artifact.name or artifact.id or "answer"
    if artifact.text:
        yield _named(title, extension(artifact.media_type, ".md")), artifact.text.encode()
    brings_csv = any(isinstance(p, File) and p.media_type.startswith("text/csv") for p in artifact.pieces)
    for piece in artifact.pieces:
        match piece:
            case File(name, media_type, content):
                yield name or _named(title, extension(media_type, ".bin")), content
            case Table() if not brings_csv:
                yield _named(title, ".csv"), _as_csv(piece)
            case Data(value):
                yield _named(title, ".json"), json.dumps(value, ensure_ascii=False, indent=2).encode()
            case _:
                pass


def _named(title: str, ending: str) -> str:
    return title if title.lower().endswith(ending) else f"{title}{ending}"


def _as_csv(table: Table) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return text.getvalue().encode()


def _written(folder: Path, name: str, content: bytes) -> Path:
    """Write under the name, or the next free one like it. A link that lies there is never followed."""
    safe = safe_name(name)
    stem, dot, ending = safe.rpartition(".")
    for number in range(1, _MAX_TRIES):
        numbered = safe if number == 1 else (f"{stem}-{number}.{ending}" if dot else f"{safe}-{number}")
        path = folder / numbered
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        return path
    raise FileExistsError(f"{folder} has {_MAX_TRIES} files called {safe}")
