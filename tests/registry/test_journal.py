"""The journal: snapshot, deltas, and what is gone."""

from typing import Any

import anyio
import anyio.lowlevel

from agentia_fabric.directory.wire import AgentRecord
from agentia_registry.journal import Journal


def agent(name: str, version: int = 1) -> AgentRecord:
    return AgentRecord(
        identifier=f"urn:air:localhost:agents:{name}",
        name=name,
        publisher="localhost",
        kind="kit",
        card={},
        digest="",
        version=version,
        registered_at=0,
    )


def told(journal: Journal, version: int | None) -> list[Any]:
    return [(change.event, change.version) for change in journal.after(version)]


async def test_a_new_reader_gets_everything_at_once():
    journal = Journal()
    journal.put(agent("a"))
    journal.put(agent("b"))
    assert told(journal, None) == [("snapshot", 2)]


async def test_a_reader_that_knows_gets_what_came_after():
    journal = Journal()
    journal.put(agent("a"))
    journal.remove(agent("a").identifier, "a")
    assert told(journal, 1) == [("remove", 2)]
    assert told(journal, 2) == []


async def test_what_is_no_news_is_no_change():
    journal = Journal()
    journal.put(agent("a"))
    journal.put(agent("a"))
    journal.remove("urn:air:localhost:agents:b", "b")
    assert journal.version == 1


async def test_a_reader_too_far_behind_or_ahead_begins_anew():
    journal = Journal(backlog=3)
    for version in range(1, 6):
        journal.put(agent("a", version))
    assert told(journal, 1) == [("snapshot", 5)]
    assert told(journal, 2) == [("put", 3), ("put", 4), ("put", 5)]
    assert told(journal, 6) == [("snapshot", 5)]


async def test_a_waiting_reader_is_woken_by_a_change_and_by_the_end():
    journal = Journal()
    with anyio.fail_after(2):
        async with anyio.create_task_group() as group:
            group.start_soon(journal.grown, 0)
            await anyio.lowlevel.checkpoint()
            journal.put(agent("a"))
        async with anyio.create_task_group() as group:
            group.start_soon(journal.grown, 1)
            await anyio.lowlevel.checkpoint()
            journal.close()
