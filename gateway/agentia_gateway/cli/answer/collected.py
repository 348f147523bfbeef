"""Puts the pieces of a streamed answer together: what there is of each artifact by now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from agentia_gateway.cli.a2a.event import Event, Json, Kind, part_of, parts_of
from agentia_gateway.cli.answer.pieces import Piece, Text, piece_of

MODEL = "urn:agentia:model"


@dataclass(slots=True)
class Artifact:
    """An artifact as far as it has come."""

    id: str
    name: str
    parts: list[Json]

    @property
    def text(self) -> str:
        """All that is to be read, joined: chunks of text continue one another."""
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Text))

    @property
    def pieces(self) -> list[Piece]:
        """The parts that can be shown or kept, in their order."""
        return [piece for part in self.parts if (piece := piece_of(part))]

    @property
    def media_type(self) -> str:
        """The media type of its text."""
        return next((piece.media_type for piece in self.pieces if isinstance(piece, Text)), "")


@dataclass(slots=True)
class Collected:
    """The answer so far. `says` is the last message of the agent."""

    task: str = ""
    context: str = ""
    state: str = ""
    says: Json = field(default_factory=dict[str, Any])
    artifacts: dict[str, Artifact] = field(default_factory=dict[str, Artifact])
    models: list[str] = field(default_factory=list[str])
    """Which models have spoken, each once."""
    heard: set[str] = field(default_factory=set[str])
    """Ids of the agent's messages."""

    def add(self, event: Event) -> list[Artifact]:
        """Take an event in; return the artifacts that it has changed."""
        self.task = event.task or self.task
        self.context = event.context or self.context
        self.state = event.state or self.state
        self.says = event.says or self.says
        self._note_model(event.says)
        self.heard.update(str(message.get("messageId")) for message in (event.says, *event.history))
        return [self._merged(event, artifact) for artifact in event.artifacts]

    def _merged(self, event: Event, artifact: Json) -> Artifact:
        # Every artifact has an id by the specification; some agents forget it.
        id_ = str(artifact.get("artifactId") or artifact.get("name") or "artifact")
        known = self.artifacts.get(id_)
        parts = parts_of(artifact, "parts")
        self._note_model(artifact)
        if known and event.kind is Kind.ARTIFACT and event.body.get("append") is True:
            known.parts.extend(parts)
            return known
        made = Artifact(id_, str(artifact.get("name") or (known.name if known else "")), parts)
        self.artifacts[id_] = made
        return made

    def _note_model(self, source: Json) -> None:
        model = part_of(source, "metadata").get(MODEL)
        if isinstance(model, str) and model not in self.models:
            self.models.append(model)
