"""Tables that come with the message: they go along with every call, and are what the question is about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from agentia_kit.rule import Turn

ENDINGS = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson")
BYTES = 1024 * 1024
"""What the server `tables` reads of a message."""


def attached(turn: Turn) -> dict[str, str]:
    """The files of the message that are tables, by name."""
    return {name: text for name, text in turn.files.items() if name.lower().endswith(ENDINGS)}


def too_large(turn: Turn) -> str:
    """That the tables of the message are too large to be passed on; empty when they are not."""
    if sum(len(text.encode(errors="replace")) for text in attached(turn).values()) <= BYTES:
        return ""
    return (
        "The tables that came with the message have more than 1 MiB together: put them into the folder given "
        "with `--files`."
    )


def considered(turn: Turn, listed: Mapping[str, Any]) -> list[str]:
    """The names of the tables to look into: those of the message unless the question names another file."""
    own = attached(turn)
    tables = [(str(each["table"]), str(each["path"])) for each in listed["tables"]]
    brought = [name for name, path in tables if path in own]
    said = turn.question.casefold()
    named = [name for name, path in tables if path not in own and PurePosixPath(path).name.casefold() in said]
    return [*brought, *named] if brought else [name for name, _ in tables]


def unreadable(turn: Turn, listed: Mapping[str, Any]) -> str:
    """What is wrong with the tables of the message when none of them can be read; empty when one can."""
    own = attached(turn)
    if any(str(each["path"]) in own for each in listed["tables"]):
        return ""
    faults = [f"`{each['path']}` {each['reason']}" for each in listed["skipped"] if each["path"] in own]
    return f"I cannot read what came with the message: {'; '.join(faults)}." if faults else ""
