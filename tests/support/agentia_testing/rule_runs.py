"""Plays a rule book against tools that are called in this process: each turn, each call, to the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agentia_fabric.toolserver.errors import ToolFault
from agentia_kit.rule import Answer, Fault, Result, RuleBook, Said, ToolAtHand, Turn

MOST_TURNS = 12


@dataclass
class Played:
    """An answer and all that the tools gave on the way to it."""

    text: str
    results: list[Result] = field(default_factory=list[Result])

    def of(self, tool: str) -> list[Any]:
        """The values that one tool gave."""
        return [result.value for result in self.results if result.tool == tool and not result.fault]


def play(
    book: RuleBook,
    question: str,
    tools: Iterable[Callable[..., Any]],
    *,
    material: Sequence[str] = (),
    history: Sequence[Said] = (),
    files: Mapping[str, str] | None = None,
) -> Played:
    """Ask `book` until it answers."""
    known = {tool.__name__: tool for tool in tools}
    at_hand = [ToolAtHand(name, tool.__doc__ or "", {}) for name, tool in known.items()]
    results: list[Result] = []
    for _ in range(MOST_TURNS):
        step = book.next(
            Turn(question, tuple(material), tuple(results), at_hand, tuple(history), dict(files or {}))
        )
        if isinstance(step, Answer):
            return Played(step.text, results)
        results.extend(_called(known[call.tool], call.tool, dict(call.arguments)) for call in step.calls)
    raise AssertionError(f"no answer after {MOST_TURNS} turns: {question}")


def _called(tool: Callable[..., Any], name: str, arguments: dict[str, Any]) -> Result:
    try:
        return Result(name, arguments, tool(**arguments).model_dump(mode="json"))
    except ToolFault as fault:
        return Result(name, arguments, None, Fault(fault.code, fault.sentence))
