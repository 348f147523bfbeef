"""What any A2A server needs to join the mesh."""

from agentia_kit.card import Card, Skill
from agentia_kit.made import Made, data, svg, table, text
from agentia_kit.serving import serve, service_of
from agentia_kit.thinking.asking import STOP_AT_QUESTIONS, ask_back
from agentia_kit.thinking.task import Task

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
