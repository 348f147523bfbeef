"""What an agent has at hand, as tags of its skills: in the card that it serves and in the registry."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import httpx
import pytest
from a2a.types.a2a_pb2 import AgentCard

import agentia_registry.app
from agentia_kit.card import completed
from agentia_kit.knowing import LONGEST_TAG, MOST_TAGS, keep_telling, with_words
from agentia_testing.registries import until
from agentia_testing.scripted_agent import CARD, Scripted
from agentia_testing.serving import serving

PLAIN = completed(CARD, "http://127.0.0.1:1/", None)


def tags(card: AgentCard) -> list[str]:
    return list(card.skills[0].tags)


def test_words_follow_the_authors_own_tags_each_once_however_it_is_written() -> None:
    known = with_words(PLAIN, {"do": ["pallets", "Do", "Pallets", " two\n words ", ""], "other": ["x"]})
    assert tags(known) == ["do", "pallets", "two words"]
    assert tags(PLAIN) == ["do"]


def test_tags_are_bounded_in_number_and_length() -> None:
    known = with_words(PLAIN, {"do": ["x" * 500, *map(str, range(500))]})
    assert len(tags(known)) == MOST_TAGS
    assert max(map(len, tags(known))) == LONGEST_TAG


async def test_what_is_known_is_in_the_card_and_in_the_registry_soon_after_the_start(
    serve_agent: Any, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("AGENTIA_DATA", str(tmp_path))
    let_go = asyncio.Event()

    async def knowing() -> Mapping[str, Sequence[str]]:
        await let_go.wait()
        return {"do": ["pallets"]}

    async def registered(words: list[str]) -> bool:
        agents = (await http.get(f"{registry.url}registrations")).json()["agents"]
        return [agent["card"]["skills"][0]["tags"] for agent in agents] == [words]

    async with serving(agentia_registry.app.service, name="registry") as registry:
        monkeypatch.setenv("AGENTIA_REGISTRY", registry.url)
        async with serve_agent(Scripted(), knowing=knowing) as url:
            await until(partial(registered, ["do"]))
            let_go.set()
            await until(partial(registered, ["do", "pallets"]))
            for path in ("agent-card.json", "agent.json"):
                served = (await http.get(f"{url}.well-known/{path}")).json()
                assert served["skills"][0]["tags"] == ["do", "pallets"]


async def test_a_question_that_fails_or_hangs_leaves_the_card_and_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("agentia_kit.knowing.FIRST_PAUSE", 0.01)
    monkeypatch.setattr("agentia_kit.knowing.EVERY", 0.02)
    monkeypatch.setattr("agentia_kit.knowing.PATIENCE", 0.05)
    answers: list[Any] = [OSError("down"), None, {"do": ["a"]}, {"do": ["a"]}, {}, {"do": ["b"]}]
    shown: list[list[str]] = []
    enough = asyncio.Event()

    async def knowing() -> Mapping[str, Sequence[str]]:
        answer: Any = answers.pop(0) if answers else {"do": ["b"]}
        if isinstance(answer, OSError):
            raise answer
        while answer is None:
            await asyncio.Event().wait()
        return answer

    def show(card: AgentCard) -> None:
        shown.append(tags(card))
        if shown[-1] == ["do", "b"]:
            enough.set()

    telling = asyncio.create_task(keep_telling(PLAIN, knowing, show))
    async with asyncio.timeout(10):
        await enough.wait()
    telling.cancel()
    assert shown == [["do", "a"], ["do", "b"]]
