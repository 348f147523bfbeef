"""What any A2A server needs to join the mesh."""

from typing import TYPE_CHECKING, Any

from agentia_kit.card import Card, Skill
from agentia_kit.made import Made, data, svg, table, text
from agentia_kit.serving import serve, service_of
from agentia_kit.thinking.task import Task

if TYPE_CHECKING:
    from agentia_kit.thinking.asking import STOP_AT_QUESTIONS, ask_back

__all__ = [
    "STOP_AT_QUESTIONS",
    "Card",
    "Made",
    "Skill",
    "Task",
    "ask_back",
    "data",
    "serve",
    "service_of",
    "svg",
    "table",
    "text",
]


def __getattr__(name: str) -> Any:
    """These two need openai-agents, which takes seconds to import: only those who use them pay for it."""
    if name in ("STOP_AT_QUESTIONS", "ask_back"):
        from agentia_kit.thinking import asking

        return getattr(asking, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
