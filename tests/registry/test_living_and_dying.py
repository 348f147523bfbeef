"""Agents come, stay, restart and die; so does the registry. Over the wire, with our client."""

from __future__ import annotations

import sqlite3
from contextlib import aclosing, closing
from pathlib import Path

import anyio
import anyio.to_thread
import pytest

from agentia_fabric.directory.client import RegistryClient
from agentia_fabric.directory.watching import Connected, Put, Removed, Snapshot
from agentia_fabric.directory.wire import Outcome
from agentia_fabric.errors import RegistryRefused
from agentia_fabric.http.client import client
from agentia_registry.registrations import FOREIGN_REPLICA
from agentia_testing.card_server import card_server
from agentia_testing.host_process import host_process
from agentia_testing.registries import FAST, SECRET, identifier, registration, registry, until

RAIL = identifier("rail")


def written(folder: Path, text: str) -> bool:
    return any(text.encode() in file.read_bytes() for file in folder.iterdir())


async def test_an_agent_that_does_not_renew_leaves(tmp_path: Path):
    async with registry(tmp_path, FAST) as client:
        await client.register(RAIL, "r1", registration(), SECRET)
        with anyio.fail_after(5):
            async with aclosing(client.watch()) as watch:
                assert isinstance(await anext(watch), Connected)
                first = await anext(watch)
                assert isinstance(first, Snapshot)
                assert [agent.name for agent in first.agents.agents] == ["rail"]
                assert await anext(watch) == Removed(RAIL, "rail")
        assert (await client.agents()).agents == []


async def test_one_replica_may_die_while_another_lives(tmp_path: Path):
    async with registry(tmp_path, FAST) as client:
        await client.register(RAIL, "dies", registration(), SECRET)
        await client.register(RAIL, "lives", registration("http://127.0.0.1:10/"), SECRET)

        async def is_alone() -> bool:
            await client.renew(RAIL, "lives", SECRET)
            return len((await client.agent("rail")).replicas) == 1

        await until(is_alone)
        assert [replica.replica for replica in (await client.agent("rail")).replicas] == ["lives"]


async def test_the_name_of_a_dead_agent_is_free_and_its_version_goes_on(tmp_path: Path):
    async with registry(tmp_path) as client:
        await client.register(RAIL, "r1", registration(), SECRET)
        await client.leave(RAIL, "r1", SECRET)
        await client.register(
            RAIL, "r1", registration(description="Ships, too."), "another-secret-of-another"
        )
        assert (await client.agent("rail")).version == 2


async def test_a_dead_name_may_go_to_another_identifier(tmp_path: Path):
    async with registry(tmp_path) as client:
        await client.register(RAIL, "r1", registration(), SECRET)
        await client.leave(RAIL, "r1", SECRET)
        other = "urn:air:localhost:other:rail"
        await client.register(other, "r1", registration(), SECRET)
        assert (await client.agent("rail")).identifier == other


async def test_the_version_grows_only_with_the_card(tmp_path: Path):
    async with registry(tmp_path) as client:
        for description in ("one", "one", "two"):
            await client.register(RAIL, "r1", registration(description=description), SECRET)
        assert (await client.agent("rail")).version == 2


async def test_registrations_survive_a_restart_and_a_renewal_goes_on(tmp_path: Path):
    async with registry(tmp_path) as client:
        await client.register(RAIL, "r1", registration(), SECRET)
        before = await client.agent("rail")
    async with registry(tmp_path) as client:
        after = await client.agent("rail")
        assert (after.card, after.version, after.registered_at) == (before.card, 1, before.registered_at)
        await client.renew(RAIL, "r1", SECRET)


async def test_after_a_restart_whoever_stays_silent_leaves(tmp_path: Path):
    async with registry(tmp_path) as client:
        await client.register(RAIL, "r1", registration(), SECRET)
    async with registry(tmp_path, FAST) as client:
        assert len((await client.agents()).agents) == 1

        async def is_gone() -> bool:
            return not (await client.agents()).agents

        await until(is_gone)
        with pytest.raises(RegistryRefused, match="register it again"):
            await client.renew(RAIL, "r1", SECRET)


async def test_a_killed_registry_loses_no_accepted_registration(tmp_path: Path):
    environment = {"AGENTIA_DATA": str(tmp_path), "AGENTIA_LOG_LEVEL": "warning"}
    async with client() as http:
        with host_process("registry", environment=environment) as host:
            _, url = await anyio.to_thread.run_sync(host.next_service)
            registry = RegistryClient(url, http)
            for number in range(20):
                name = f"agent-{number}"
                await registry.register(identifier(name), "r1", registration(), SECRET)
            host.process.kill()
        with host_process("registry", environment=environment) as host:
            _, url = await anyio.to_thread.run_sync(host.next_service)
            assert len((await RegistryClient(url, http).agents()).agents) == 20


async def test_the_secret_is_nowhere_on_the_disk(tmp_path: Path):
    async with registry(tmp_path) as client:
        await client.register(RAIL, "r1", registration(), SECRET)
    assert not written(tmp_path, SECRET)


async def test_outcomes_are_counted_and_their_texts_forgotten(tmp_path: Path):
    async with registry(tmp_path) as client:
        await client.register(RAIL, "r1", registration(), SECRET)
        done = Outcome(text="a very private text", agent="rail", skill="plan-route", outcome="completed")
        await client.report([done, done, Outcome(text="", agent="nobody", outcome="failed")])
    assert not written(tmp_path, "very private")
    with closing(sqlite3.connect(tmp_path / "registry.sqlite3")) as file:
        rows = file.execute("SELECT * FROM outcomes").fetchall()
    assert rows == [(RAIL, "plan-route", "completed", 2)]


class TestForeign:
    async def test_one_that_does_not_answer_stays_in_sight_but_gets_no_tasks(self, tmp_path: Path):
        async with registry(tmp_path, FAST) as client, card_server() as other:
            other.card()
            joined = await client.join(other.url)
            with anyio.fail_after(10):
                async with aclosing(client.watch()) as watch:
                    assert isinstance(await anext(watch), Connected)
                    await anext(watch)
                    other.down = True
                    assert await anext(watch) == Removed(joined.identifier, joined.name)
                    shown = await client.agent(joined.name)
                    assert [replica.reachable.ok for replica in shown.replicas] == [False]
                    other.down = False
                    back = await anext(watch)
            assert isinstance(back, Put)
            assert [replica.replica for replica in back.agent.replicas] == [FOREIGN_REPLICA]

    async def test_a_changed_card_is_noticed(self, tmp_path: Path):
        async with registry(tmp_path, FAST) as client, card_server() as other:
            other.card()
            joined = await client.join(other.url)
            other.card(description="It can fly now.")

            async def is_noticed() -> bool:
                return (await client.agent(joined.name)).version == 2

            await until(is_noticed)
            assert (await client.agent(joined.name)).card["description"] == "It can fly now."

    async def test_a_card_that_breaks_later_is_told_and_the_good_one_stays(self, tmp_path: Path):
        async with registry(tmp_path, FAST) as client, card_server() as other:
            other.card()
            joined = await client.join(other.url)
            other.card(skills="none")

            async def is_told() -> bool:
                return (await client.agent(joined.name)).conforming.ok is False

            await until(is_told)
            assert (await client.agent(joined.name)).card == joined.card

    async def test_it_survives_a_restart_and_leaves_when_it_is_told_to(self, tmp_path: Path):
        async with card_server() as other:
            other.card()
            async with registry(tmp_path) as client:
                joined = await client.join(other.url)
            async with registry(tmp_path) as client:
                assert (await client.agent(joined.name)).kind == "foreign"
                await client.remove(joined.name)
            async with registry(tmp_path) as client:
                assert (await client.agents()).agents == []
