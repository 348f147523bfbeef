"""What an agent has at hand (tables, documents), as tags of its skills: search finds the agent by them.

The files behind an agent change while it runs, so they are asked for again and again; the card follows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog
from a2a.types.a2a_pb2 import AgentCard

from agentia_kit.reasons import one_line

Knowing = Callable[[], Awaitable[Mapping[str, Sequence[str]]]]
"""What authors bring: skill id → words, the most telling first."""

MOST_TAGS = 64
"""Tags that a skill has at most, its author's among them."""
LONGEST_TAG = 60
"""Characters."""
EVERY = 30.0
"""Seconds between two questions."""
FIRST_PAUSE = 0.2
"""Seconds until the next question while there is no answer; the pause doubles up to :data:`EVERY`."""
PATIENCE = 10.0
"""Seconds that an answer may take."""

_log = structlog.get_logger(__name__)


async def keep_telling(card: AgentCard, knowing: Knowing, show: Callable[[AgentCard], None]) -> None:
    """Until cancelled: `show` the card with what is known whenever that has changed."""
    told, pause = card, FIRST_PAUSE
    while True:
        words = await _asked(knowing, card.name)
        if words and (now := with_words(card, words)) != told:
            show(now)
            told = now
        await asyncio.sleep(EVERY if words else pause)
        pause = FIRST_PAUSE if words else min(pause * 2, EVERY)


def with_words(card: AgentCard, words: Mapping[str, Sequence[str]]) -> AgentCard:
    """The card, with words as tags of its skills; those of its author come first and stay."""
    whole = AgentCard()
    whole.CopyFrom(card)
    for skill in whole.skills:
        tags = {tag.casefold(): tag for tag in skill.tags}
        for word in words.get(skill.id, ()):
            tag = " ".join(word.split())[:LONGEST_TAG].strip()
            if tag and len(tags) < MOST_TAGS:
                tags.setdefault(tag.casefold(), tag)
        skill.tags[:] = tags.values()
    return whole


async def _asked(knowing: Knowing, agent: str) -> Mapping[str, Sequence[str]]:
    """What is known; empty when nothing is, or nobody can say."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await knowing()
    except Exception as error:  # noqa: BLE001 - without an answer the card stays as it was
        _log.info("what the agent has at hand is not known", agent=agent, reason=one_line(error))
        return {}
