"""Where the events of a task go: to a person, or as JSON to a program."""

from __future__ import annotations

from typing import Protocol

from agentia_gateway.cli.a2a.event import Event
from agentia_gateway.cli.answer.collected import Collected
from agentia_gateway.cli.terminal import json_line


class Report(Protocol):
    """Takes the events of one task in their order."""

    def show(self, event: Event) -> None:
        """Take in an event, and tell what is new."""
        ...

    def end(self) -> None:
        """No event follows for now."""
        ...


class JsonReport:
    """One JSON object on a line for each event, as it came."""

    def __init__(self, collected: Collected) -> None:
        self._collected = collected

    def show(self, event: Event) -> None:
        """Print the event."""
        self._collected.add(event)
        json_line(event.raw)

    def end(self) -> None:
        """Every line is whole already."""
