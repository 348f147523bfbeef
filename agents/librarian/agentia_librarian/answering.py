"""The words of the librarian's answers. They say only what a document says, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agentia_kit.language.sentences import one_line
from agentia_librarian.asking import Asked
from agentia_librarian.passages import Quotation
from agentia_librarian.picking import Picked

ABLE = (
    "I answer from the documents in the folder: find …, quote …, where is … mentioned, when …, how much …, "
    "who …, list the documents, read FILE."
)


def answered(asked: Asked, picked: Picked) -> str:
    """The quotations that answer, each with its place; or plainly that nothing does."""
    if not picked.answers:
        return _unanswered(asked, picked)
    if asked.kind == "places":
        count = len(picked.quotations)
        head = f"“{asked.query}” is mentioned at {count} place{'s' if count > 1 else ''}:"
        return "\n\n".join([head, *map(quoted, picked.quotations)])
    return "\n\n".join(map(quoted, picked.quotations))


def quoted(quotation: Quotation) -> str:
    """A quotation as Markdown with its place."""
    return f"> {one_line(quotation.quote)}\n>\n> — {quotation.place}"


def listing(answer: Mapping[str, Any]) -> str:
    """The documents that there are."""
    documents: Sequence[Mapping[str, Any]] = answer.get("documents", ())
    if not documents:
        return "There are no documents in the folder."
    total = int(answer.get("total") or len(documents))
    lines = [
        f"- {each['path']}" + (f": {each['title']}" if each.get("title") else "") for each in documents[:50]
    ]
    more = [f"… and {total - 50} more."] if total > 50 else []
    return "\n".join([f"There {'is 1 document' if total == 1 else f'are {total} documents'}:", *lines, *more])


def reading(answer: Mapping[str, Any]) -> str:
    """A document's text with its place."""
    cut = int(answer.get("total_lines") or 0) > int(answer.get("end") or 0)
    note = (
        f"\n\n(lines {answer.get('start')}–{answer.get('end')} of {answer.get('total_lines')})" if cut else ""
    )
    return f"{answer['path']}:\n\n{answer['text']}{note}"


def faulty(tool: str, text: str) -> str:
    """What a tool refused."""
    return f"The tool `{tool}` refused: {text}"


def _unanswered(asked: Asked, picked: Picked) -> str:
    if not asked.terms:
        return f"I could not tell what to look for. {ABLE}"
    missing = ", ".join(f"“{word}”" for word in picked.missing)
    about = f" No document mentions {missing}." if missing else ""
    head = f"Nothing in the documents answers this.{about}"
    if not picked.quotations:
        return head
    return f"{head}\n\nThe nearest sentence, which does not answer it:\n\n{quoted(picked.quotations[0])}"
