"""What the card says about the agent's abilities: search finds agents by nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from agentia_cards.fields import items, objects, text, texts
from agentia_cards.reading import Json
from agentia_cards.rules.rule import Remark, Subject

MAX_EXAMPLES = 5
"""Search looks at no more examples of a skill: the cap keeps stuffed cards from winning everywhere."""

_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/(\*|[\w!#$&^.+-]+)(\s*;.*)?|\*/\*", re.ASCII)


def none(subject: Subject) -> Iterator[Remark]:
    """A card that lists no skill."""
    if subject.card.raw.get("skills") == []:
        yield Remark("$.skills", "List at least one skill: without one the agent is found by its name only.")


def duplicate_id(subject: Subject) -> Iterator[Remark]:
    """Two skills with one id: a caller who asks for it cannot say which."""
    counts = Counter(skill.id for skill in subject.card.skills)
    for path, skill in _skills(subject):
        if (id_ := text(skill, "id")) and counts[id_] > 1:
            yield Remark(
                f"{path}.id", f"Give every skill an id of its own; {id_!r} stands here twice or more."
            )


def empty_description(subject: Subject) -> Iterator[Remark]:
    """Descriptions without a word."""
    places = [("$", subject.card.raw), *_skills(subject)]
    for path, source in places:
        if "description" in source and not text(source, "description").strip():
            yield Remark(
                f"{path}.description", "Describe it in a sentence: search finds agents by their words."
            )


def no_examples(subject: Subject) -> Iterator[Remark]:
    """Skills without an example."""
    for path, skill in _skills(subject):
        if not texts(skill, "examples"):
            yield Remark(
                f"{path}.examples", "Add three to five examples of what people ask: they help search most."
            )


def many_examples(subject: Subject) -> Iterator[Remark]:
    """Skills with more examples than count."""
    for path, skill in _skills(subject):
        if (count := len(items(skill, "examples"))) > MAX_EXAMPLES:
            message = (
                f"Keep the {MAX_EXAMPLES} most different examples of these {count}: no more are looked at."
            )
            yield Remark(f"{path}.examples", message)


def no_media_type(subject: Subject) -> Iterator[Remark]:
    """Modes such as `text` that name no media type."""
    places = [("$", subject.card.raw, ("defaultInputModes", "defaultOutputModes"))]
    places += [(path, skill, ("inputModes", "outputModes")) for path, skill in _skills(subject)]
    for path, source, names in places:
        for name in names:
            for number, mode in enumerate(items(source, name)):
                if isinstance(mode, str) and not _MEDIA_TYPE.fullmatch(mode):
                    message = (
                        f"{mode!r} is no media type; write text/plain, application/json, image/png and so on."
                    )
                    yield Remark(f"{path}.{name}[{number}]", message)


def _skills(subject: Subject) -> list[tuple[str, Json]]:
    return [
        (f"$.skills[{number}]", skill) for number, skill in enumerate(objects(subject.card.raw, "skills"))
    ]
