"""What a rule book sees at each turn, and what it may answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class ToolAtHand:
    """A tool that may be called; ``parameters`` is its JSON Schema."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """A tool's error: its code (``not_found``; empty when the tool gave none) and its sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """A tool call of this turn with its outcome.

    ``value`` is the structured result (a dict for our tools), or the text of a tool that returns only text;
    it is None when ``fault`` is set.
    """

    tool: str
    arguments: Mapping[str, Any]
    value: Any
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation before this turn."""

    role: Literal["user", "agent"]
    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """All that is known when a rule book is asked what to do next."""

    question: str
    """The first text of the user's message."""
    material: Sequence[str] = ()
    """The other texts of the message: attached files and data parts (as JSON)."""
    results: Sequence[Result] = ()
    """The tool calls made for this question so far, in order."""
    tools: Sequence[ToolAtHand] = ()
    history: Sequence[Said] = ()
    """Earlier messages of the same context, oldest first."""
    files: Mapping[str, str] = field(default_factory=dict[str, str])
    """Those texts of the material that came as files, by file name."""

    def has(self, tool: str) -> bool:
        """Whether a tool of this name is at hand."""
        return any(known.name == tool for known in self.tools)

    def of(self, tool: str) -> Sequence[Result]:
        """The results of one tool, in order."""
        return [result for result in self.results if result.tool == tool]


@dataclass(frozen=True, slots=True)
class Call:
    """One tool to call."""

    tool: str
    arguments: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Calls:
    """Tools to call next, side by side; the book is asked again when all results are in."""

    calls: Sequence[Call]


@dataclass(frozen=True, slots=True)
class Answer:
    """The final text of the turn (Markdown)."""

    text: str


class RuleBook(Protocol):
    """Maps a turn to tool calls or to an answer; the same turn always gives the same step."""

    @property
    def name(self) -> str:
        """Shown as ``rule:<name>``."""
        ...

    def next(self, turn: Turn) -> Calls | Answer:
        """What to do now."""
        ...
