"""Files of text that come with a message, as a model sees them: a line that names the file, then its text."""

from __future__ import annotations

import re

from a2a.types.a2a_pb2 import Part

_HEAD = re.compile(r"\[file (?P<name>[^\]\n]+)\]\n")
_NOT_IN_NAMES = re.compile(r"[\[\]\x00-\x1f\x7f]")
_TEXT_ENDINGS = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".md", ".txt")
_USUAL = {
    "text/csv": "attached.csv",
    "text/tab-separated-values": "attached.tsv",
    "application/x-ndjson": "attached.ndjson",
}
_LONGEST = 120


def headed(name: str, text: str) -> str:
    """The text of a file below its name."""
    last = _NOT_IN_NAMES.sub("", re.split(r"[/\\]", name)[-1]).strip()[-_LONGEST:]
    return f"[file {last or 'unnamed'}]\n{text}"


def split(text: str) -> tuple[str, str]:
    """Name and text of a file that was :func:`headed`; an empty name for a text that is none."""
    head = _HEAD.match(text)
    return (head["name"], text[head.end() :]) if head else ("", text)


def file_name(part: Part) -> str:
    """What a part is called as a file; empty for one that is just said."""
    return part.filename or _USUAL.get(_media_type(part), "")


def is_text(part: Part) -> bool:
    """Whether bytes are text, by their media type or their name."""
    media_type = _media_type(part)
    return (
        media_type.startswith("text/")
        or media_type.endswith(("json", "xml", "yaml", "csv"))
        or part.filename.lower().endswith(_TEXT_ENDINGS)
    )


def decoded(raw: bytes) -> str:
    """Bytes as text: UTF-8, or what Windows writes."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _media_type(part: Part) -> str:
    return part.media_type.partition(";")[0].strip().lower()
