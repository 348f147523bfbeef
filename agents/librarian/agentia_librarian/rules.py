"""The librarian without a language model: search, pick the sentence that answers, cite it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agentia_kit.rule import Answer, Call, Calls, Result, Turn
from agentia_librarian.answering import ABLE, answered, faulty, listing, reading
from agentia_librarian.asking import Asked, ask
from agentia_librarian.citing import cited
from agentia_librarian.passages import passages
from agentia_librarian.picking import pick

PASSAGES = 12
"""Passages that are looked at for one question."""
LINES = 400
"""Lines of a document that are read at once."""
UNREAD = (
    "_I have not looked into what came with the message: put it into the folder given with `--files`, "
    "or have the writer summarise it._"
)
MOST_WAITS = 4
"""Times that a server which is still reading its files is asked again."""


class LibrarianRules:
    """A rule book: each step follows from the question and from what the tools have returned so far."""

    name = "librarian"

    def next(self, turn: Turn) -> Calls | Answer:
        """The next tool calls, or the answer; files of the message are not searched, which it says."""
        step = self._step(turn)
        return Answer(f"{step.text}\n\n{UNREAD}") if isinstance(step, Answer) and turn.files else step

    def _step(self, turn: Turn) -> Calls | Answer:
        asked = ask(turn.question)
        match asked.kind:
            case "list":
                return _told(turn, Call("list_documents"), listing)
            case "read":
                return _told(turn, Call("read_document", {"path": asked.path, "lines": LINES}), reading)
            case _:
                return (
                    _searched(asked, turn)
                    if asked.terms
                    else Answer(f"I could not tell what to look for. {ABLE}")
                )


def _told(turn: Turn, call: Call, told: Any) -> Calls | Answer:
    results = turn.of(call.tool)
    if not turn.has(call.tool):
        return Answer(_missing(call.tool))
    if not results:
        return Calls([call])
    last = results[-1]
    if last.fault:
        return Answer(faulty(call.tool, last.fault.text))
    if last.value.get("pending") and len(results) < MOST_WAITS:
        return Calls([call])
    return Answer(told(last.value))


def _searched(asked: Asked, turn: Turn) -> Calls | Answer:
    if not turn.has("search_documents"):
        return Answer(_missing("search_documents"))
    searches = turn.of("search_documents")
    if not searches or _has_to_wait(searches):
        return Calls(
            [Call("search_documents", {"query": asked.query[:2000], "limit": PASSAGES, **_within(asked)})]
        )
    last = searches[-1]
    if last.fault:
        return Answer(faulty("search_documents", last.fault.text))
    picked = pick(asked, passages([last.value]))
    if picked.answers and turn.has("cite") and not turn.of("cite"):
        return Calls([Call("cite", cited(picked.quotations))])
    return Answer(answered(asked, picked))


def _within(asked: Asked) -> dict[str, Any]:
    return {"path": asked.path} if asked.path else {}


def _has_to_wait(searches: Sequence[Result]) -> bool:
    last = searches[-1]
    return not last.fault and bool(last.value.get("pending")) and len(searches) < MOST_WAITS


def _missing(tool: str) -> str:
    return f"I cannot look at any document: the tool server `documents` offers no `{tool}`."
