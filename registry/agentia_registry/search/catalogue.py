"""The skills of all living agents as documents, one for each skill."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import count

from agentia_cards.model import Card, Skill
from agentia_fabric.directory.wire import AgentRecord
from agentia_registry.search.port import Index
from agentia_registry.search.words import Stemmer

MAX_EXAMPLES = 5
"""Examples of a skill that count; a card stuffed with examples would win every query."""
MAX_TAGS = 64
"""Tags of a skill that count."""
TAG_WORDS = 2
"""Words of a tag that do not make its document longer: a tag is a name, one of many. The rest is prose."""
MAX_SKILLS = 100
"""Skills of an agent that can be found."""
MAX_STEMS = 400
"""Words of one document that count."""


@dataclass(frozen=True, slots=True)
class Document:
    """A skill, as search sees it."""

    agent: AgentRecord
    card: Card
    skill: Skill
    stems: Counter[str]
    length: int
    """In stems, as far as they count (:data:`TAG_WORDS`)."""


class Catalogue:
    """Follows the roster. Documents have numbers, which the index knows them by."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.stemmer = Stemmer()
        self.documents: dict[int, Document] = {}
        self.frequency: Counter[str] = Counter()
        """How many documents hold a stem."""
        self.length = 0
        """Of all documents together."""
        self._keys: dict[str, list[int]] = {}
        self._digests: dict[str, str] = {}
        self._numbers = count(1)

    def put(self, agent: AgentRecord) -> None:
        """An agent is alive, or something about it changed."""
        if self._digests.get(agent.identifier) == agent.digest:
            return
        self.remove(agent.identifier, agent.name)
        card = Card.read(agent.card)
        self._keys[agent.identifier] = [self._add(agent, card, skill) for skill in card.skills[:MAX_SKILLS]]
        self._digests[agent.identifier] = agent.digest

    def remove(self, identifier: str, name: str) -> None:
        """An agent is not alive any more."""
        self._digests.pop(identifier, None)
        for key in self._keys.pop(identifier, ()):
            document = self.documents.pop(key)
            self.length -= document.length
            self.frequency.subtract(document.stems.keys())
            self.index.remove(key)
        self.frequency += Counter()  # drops what came down to nothing

    def _add(self, agent: AgentRecord, card: Card, skill: Skill) -> int:
        stems, length = self._read(agent, skill)
        document = Document(agent, card, skill, Counter(stems), length)
        key = next(self._numbers)
        self.documents[key] = document
        self.length += document.length
        self.frequency.update(document.stems.keys())
        self.index.put(key, stems)
        return key

    def _read(self, agent: AgentRecord, skill: Skill) -> tuple[list[str], int]:
        """The stems that a skill is found by, and how long its document counts as."""
        said = [agent.name, skill.name, skill.description, *skill.examples[:MAX_EXAMPLES]]
        stems = self.stemmer.stems(" ".join(said))
        length = len(stems)
        for tag in skill.tags[:MAX_TAGS]:
            named = self.stemmer.stems(tag)
            stems += named
            length += max(0, len(named) - TAG_WORDS)
        return stems[:MAX_STEMS], min(length, MAX_STEMS)
