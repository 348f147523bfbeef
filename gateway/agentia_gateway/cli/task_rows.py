"""A task as one line of a list, no wider than the terminal, and 120 columns in a pipe (or COLUMNS)."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from agentia_gateway.cli.a2a.event import Event, Json, part_of, parts_of
from agentia_gateway.cli.a2a.states import COMPLETED, shown
from agentia_gateway.cli.answer.pieces import Text, piece_of
from agentia_gateway.cli.answer.progress import progress
from agentia_gateway.cli.terminal import one_line

COLUMNS = ("task", "agent", "state", "since", "asked", "last words")
PIPE_COLUMNS = 120
GONE = "urn:agentia:gone"
SHORTEST = 8
"""Characters of an id that are shown, more where several tasks begin alike."""
_NARROWEST = 16
_AROUND = 3 * (len(COLUMNS) - 1) + 2
"""Columns of the terminal between and beside those of the table."""


def rows(tasks: Sequence[Json]) -> list[tuple[str, ...]]:
    """The lines of the list; what was asked and said shares the room that the rest leaves."""
    length = _telling([str(task.get("id")) for task in tasks])
    fixed = [_fixed(task, length) for task in tasks]
    lines = [COLUMNS[:4], *fixed]
    taken = sum(max(len(line[column]) for line in lines) for column in range(4)) + _AROUND
    width = shutil.get_terminal_size((PIPE_COLUMNS, 24)).columns
    room = max(_NARROWEST, (width - taken) // 2)
    return [
        (*line, one_line(_asked(task), room), one_line(last_words(task), room))
        for line, task in zip(fixed, tasks, strict=True)
    ]


def last_words(task: Json) -> str:
    """What the agent said when it came to the state it is in, or how its answer begins."""
    status = part_of(task, "status")
    if said := text_of(part_of(status, "message")):
        return said
    if status.get("state") == COMPLETED and (answer := _answer(task)):
        return answer
    return progress(text_of((Event.of_task(task).history or [{}])[-1]), verbose=False)


def text_of(holder: Json) -> str:
    """What is to be read in a message or an artifact."""
    return "".join(p.text for p in map(piece_of, parts_of(holder, "parts")) if isinstance(p, Text))


def _answer(task: Json) -> str:
    """The text of the artifact `answer`, or of the last one that has any."""
    artifacts = [each for each in parts_of(task, "artifacts") if text_of(each)]
    named = [each for each in artifacts if each.get("name") == "answer"]
    return text_of((named or artifacts or [{}])[-1])


def _fixed(task: Json, length: int) -> tuple[str, ...]:
    status = part_of(task, "status")
    gone = ", agent gone" if part_of(task, "metadata").get(GONE) is True else ""
    return (
        str(task.get("id"))[:length],
        one_line(str(task["agent"] or ""), 24),
        f"{shown(str(status.get('state') or ''))}{gone}",
        str(status.get("timestamp") or "").replace("T", " ")[:16],
    )


def _asked(task: Json) -> str:
    asked = str(task["asked"] or "")
    return f"↳ {asked}" if task["root"] else asked


def _telling(ids: Sequence[str]) -> int:
    """How many characters tell the ids apart."""
    longest = max(map(len, ids), default=0)
    return next((n for n in range(SHORTEST, longest) if len({id_[:n] for id_ in ids}) == len(ids)), longest)
