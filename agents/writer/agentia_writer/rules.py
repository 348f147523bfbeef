"""The writer without a language model: it orders and shortens what the material says, and adds nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agentia_kit.rule import Answer, Call, Calls, Turn
from agentia_writer.material import Material, material
from agentia_writer.order import Order, order
from agentia_writer.writing import shortage, write

ASK = "What shall I write from?"
ABLE = (
    "I write briefs, summaries, bullet points and headlines from material that comes with the message: "
    "say the form and the length, such as “a two-paragraph brief for the manager”."
)
_HEAD = re.compile(r"(?P<head>[^\n:]{3,200}?)\s*(?::\s*\n|:\s+|\n+)(?P<rest>.+)", re.DOTALL)
_FEWEST = 6
"""Words behind a colon from which they are material rather than instruction."""


@dataclass(frozen=True)
class Asked:
    """What is to be written, and from what."""

    order: Order | None
    given: Material


class WriterRules:
    """A rule book without tools but the one that asks back."""

    name = "writer"
    longest_question = 1_000_000
    """Its material may stand in the question itself, behind a colon."""

    def next(self, turn: Turn) -> Calls | Answer:
        """The text, or a question for the material."""
        asked = _asked(turn)
        if asked.order is None and (asked.given.is_empty or not turn.material):
            return Answer(f"I cannot tell what to write. {ABLE}")
        if asked.given.is_empty:
            question = f"{ASK} Send the material as text, as a file or as data, together with the order."
            if turn.has("ask_back") and not turn.of("ask_back"):
                return Calls([Call("ask_back", {"question": question})])
            return Answer(question)
        wanted = asked.order or Order("summary")
        short = shortage(wanted, asked.given)
        text = write(wanted, asked.given)
        return Answer(f"{text}\n\n_{short}_" if short else text)


def _asked(turn: Turn) -> Asked:
    instruction, inside = _split(turn.question)
    texts = [*([inside] if inside else []), *turn.material]
    said = list(turn.history)
    if len(said) >= 2 and said[-1].role == "agent" and said[-1].text.startswith(ASK):
        return Asked(order(said[-2].text), material([turn.question, *turn.material], turn.files))
    if not texts and said and said[-1].role == "agent":
        texts = [said[-1].text]
    return Asked(order(instruction), material(texts, turn.files))


def _split(question: str) -> tuple[str, str]:
    """The instruction, and the text behind its colon or first line when that is long enough for material."""
    match = _HEAD.match(question.strip())
    if match is None or order(match["head"]) is None or len(match["rest"].split()) < _FEWEST:
        return question, ""
    return match["head"], match["rest"]
