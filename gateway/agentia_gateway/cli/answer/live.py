"""Prints an answer while it comes: what the agent says dim, text as it grows, tables, notes about files."""

from __future__ import annotations

import json

from agentia_gateway.cli.a2a.approvals import calls_to_decide
from agentia_gateway.cli.a2a.event import Event, Json, Kind, parts_of
from agentia_gateway.cli.a2a.states import FINAL, WAITING
from agentia_gateway.cli.answer.collected import Artifact, Collected
from agentia_gateway.cli.answer.data import repeats, show
from agentia_gateway.cli.answer.nearest import carries_candidates
from agentia_gateway.cli.answer.pieces import Data, File, Link, Piece, Table, Text, piece_of
from agentia_gateway.cli.answer.progress import progress
from agentia_gateway.cli.terminal import one_line, say, table, write


class LiveView:
    """Shows the events of one task, in their order. Keeps what it has printed, and prints nothing twice."""

    def __init__(self, collected: Collected, *, saves: bool, verbose: bool = False) -> None:
        self._collected = collected
        self._verbose = verbose
        self._held: list[Data] = []
        """Data that waits for the text, which may say the same."""
        self._saves = saves
        self._text: dict[str, str] = {}
        self._shown: dict[str, int] = {}
        self._said: list[str] = []
        self._writing = ""
        self._ended_with: list[Json] = []
        self._words: list[str] = []

    def show(self, event: Event) -> None:
        """Print what is new in an event."""
        changed = self._collected.add(event)
        if event.kind is Kind.MESSAGE or event.state in FINAL | WAITING:
            for artifact in changed:
                self._artifact(artifact)
            self._last_words(event.says)
            if not event.artifacts and not event.says:
                for message in event.history:
                    self._last_words(message)
        else:
            self._progress(event.says)
            for artifact in changed:
                self._artifact(artifact)

    def end(self) -> None:
        """Finish the line that is being written, and show the data that no text has told."""
        self._end_line()
        told = " ".join([*self._text.values(), *self._words])
        for piece in self._held:
            if not repeats(piece.value, told):
                show(piece.value)
        self._held = []

    def _end_line(self) -> None:
        if self._writing and not self._text[self._writing].endswith("\n"):
            write("\n")
        self._writing = ""

    def _progress(self, message: Json) -> None:
        text = progress(_text_of(message), verbose=self._verbose)
        if text and [text] != self._said[-1:]:
            self._said.append(text)
            self._end_line()
            say(f"· {text}", dim=True)

    def _last_words(self, message: Json) -> None:
        """What the agent says at the end: an answer of its own, unless an artifact said the same."""
        if parts_of(message, "parts") == self._ended_with:
            return
        self._ended_with = parts_of(message, "parts")
        text = _text_of(message).strip()
        self._end_line()
        if text and text not in (shown.strip() for shown in self._text.values()):
            say(text)
        self._words.append(text)
        for call in calls_to_decide(message):
            arguments = json.dumps(call.get("arguments"), ensure_ascii=False)
            say(f"May it call {call.get('tool')} with {arguments}? (yes, or no and why)")
        for piece in _pieces_of(message):
            self._piece(piece)

    def _artifact(self, artifact: Artifact) -> None:
        self._grow(artifact)
        done = [piece for piece in artifact.pieces if not isinstance(piece, Text)]
        for piece in done[self._shown.get(artifact.id, 0) :]:
            self._end_line()
            self._piece(piece, artifact.name)
        self._shown[artifact.id] = len(done)

    def _grow(self, artifact: Artifact) -> None:
        """Print the text that has come since; text that was replaced is printed anew."""
        text, before = artifact.text, self._text.get(artifact.id, "")
        if text == before:
            return
        if self._writing != artifact.id or not text.startswith(before):
            self._end_line()
            if artifact.name:
                say(f"── {one_line(artifact.name)}", dim=True)
        continues = text.startswith(before)
        write(text[len(before) :] if continues else text)
        self._text[artifact.id] = text
        self._writing = artifact.id

    def _piece(self, piece: Piece, title: str = "") -> None:
        match piece:
            case Table(columns, rows):
                if title:
                    say(f"── {one_line(title)}", dim=True)
                table(columns, rows)
            case Data(value):
                self._data(value)
            case File():
                self._file(piece, title)
            case Link(url, name):
                say(f"{name or title or 'file'}: {url}")
            case Text():
                pass

    def _data(self, value: object) -> None:
        asks = isinstance(value, dict) and "interruptions" in value
        if not asks and not carries_candidates(value):
            self._held.append(Data(value))

    def _file(self, file: File, title: str) -> None:
        if not self._saves:
            name = file.name or title or "a file"
            size = f"{len(file.content)} bytes"
            say(f"── {one_line(name)} ({file.media_type or 'file'}, {size}); --out DIR saves it", dim=True)


def _pieces_of(message: Json) -> list[Piece]:
    return [piece for part in parts_of(message, "parts") if (piece := piece_of(part))]


def _text_of(message: Json) -> str:
    return "".join(piece.text for piece in _pieces_of(message) if isinstance(piece, Text))
