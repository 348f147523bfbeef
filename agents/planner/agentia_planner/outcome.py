"""How a step ended, and what of it later steps work on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from a2a.types.a2a_pb2 import Artifact, Part, TaskState

from agentia_kit.made import data


@dataclass(frozen=True)
class Done:
    """The agent finished; `material` is what it made, as parts for later steps."""

    agent: str
    material: tuple[Part, ...]


@dataclass(frozen=True)
class Failed:
    """It ended without a result, for this reason (one sentence)."""

    agent: str
    reason: str


@dataclass(frozen=True)
class Skipped:
    """It never started, since `need` has no result."""

    need: int


@dataclass(frozen=True)
class Waiting:
    """The agent asks something: the task waits in `task` for the caller's answer."""

    agent: str
    task: str
    context: str
    state: TaskState
    question: tuple[Part, ...]


WAITS = (TaskState.TASK_STATE_INPUT_REQUIRED, TaskState.TASK_STATE_AUTH_REQUIRED)
"""The states of a task that waits for its caller."""

Outcome = Done | Failed | Skipped | Waiting


def material(artifacts: Iterable[Artifact]) -> tuple[Part, ...]:
    """Texts (each joined to one part) and data of artifacts.

    Files are for people: only their names and types are passed on, as data `{"attachments": [{"name",
    "mediaType"}]}`, so that a text can say that they are there.
    """
    found: list[Part] = []
    files: list[dict[str, str]] = []
    for artifact in artifacts:
        text = "".join(part.text for part in artifact.parts)
        if text.strip():
            found.append(Part(text=text, media_type="text/markdown"))
        found.extend(part for part in artifact.parts if part.WhichOneof("content") == "data")
        files.extend(
            {"name": part.filename, "mediaType": part.media_type}
            for part in artifact.parts
            if part.WhichOneof("content") in ("raw", "url")
        )
    return (*found, data({"attachments": files})) if files else tuple(found)


def words(parts: Sequence[Part]) -> str:
    """The text of parts."""
    return "\n".join(part.text for part in parts if part.text)
