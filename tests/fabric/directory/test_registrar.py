"""A registrar and a watch, against a registry that comes, goes and forgets."""

from __future__ import annotations

from contextlib import aclosing
from pathlib import Path

import anyio
import pytest

from agentia_fabric.directory.client import RegistryClient
from agentia_fabric.directory.registrar import Registrar
from agentia_fabric.directory.watching import Connected, Disconnected, Put, Snapshot, WatchEvent
from agentia_fabric.directory.wire import Find
from agentia_fabric.errors import RegistryRefused, RegistryUnreachable
from agentia_fabric.http.client import client
from agentia_testing.raw_server import Respond, fixed, raw_server
from agentia_testing.registries import FAST, SECRET, identifier, registration, registry, until
from agentia_testing.running_mesh import free_port

RAIL = identifier("rail")


def registrar(client: RegistryClient, secret: str = SECRET) -> Registrar:
    return Registrar(client, RAIL, registration(), secret=secret)


async def test_it_registers_stays_registered_and_leaves_at_the_end(tmp_path: Path):
    async with registry(tmp_path, FAST) as client:
        async with registrar(client) as ours:
            with anyio.fail_after(5):
                await ours.registered.wait()
            begun = (await client.agent("rail")).registered_at

            async def has_outlived_two_leases() -> bool:
                replica = (await client.agent("rail")).replicas[0]
                assert replica.replica == ours.replica
                return (replica.reachable.at or 0) - begun > 2 * FAST.lease

            await until(has_outlived_two_leases)
        assert (await client.agents()).agents == []


async def test_it_registers_again_when_the_registry_has_forgotten(tmp_path: Path):
    async with registry(tmp_path, FAST) as client, registrar(client) as ours:
        with anyio.fail_after(5):
            await ours.registered.wait()
        await client.remove("rail")

        async def is_back() -> bool:
            return bool((await client.agents()).agents)

        await until(is_back)


async def test_a_name_clash_is_told_and_tried_again(tmp_path: Path):
    async with registry(tmp_path, FAST) as client:
        await client.register(RAIL, "r1", registration(), "the-secret-of-the-first-one")
        async with registrar(client) as ours:

            async def is_told() -> bool:
                return isinstance(ours.problem, RegistryRefused)

            await until(is_told)
            with anyio.fail_after(10):
                await ours.registered.wait()
            assert ours.problem is None


async def test_a_registry_that_starts_later_is_no_error(tmp_path: Path):
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    async with client() as http, registrar(RegistryClient(url, http)) as ours:

        async def is_told() -> bool:
            return isinstance(ours.problem, RegistryUnreachable)

        await until(is_told)
        async with registry(tmp_path, FAST, port=port):
            with anyio.fail_after(10):
                await ours.registered.wait()


async def test_a_watch_tells_that_it_lost_the_registry_and_finds_it_again(tmp_path: Path):
    port = free_port()
    async with client() as http:
        ours = RegistryClient(f"http://127.0.0.1:{port}/", http)
        async with aclosing(ours.watch()) as watch:

            async def following(kind: type[WatchEvent]) -> WatchEvent:
                with anyio.fail_after(10):
                    event = await anext(watch)
                assert isinstance(event, kind)
                return event

            await following(Disconnected)
            async with registry(tmp_path, FAST, port=port):
                await following(Connected)
                await following(Snapshot)
                await ours.register(RAIL, "r1", registration(), SECRET)
                await following(Put)
            await following(Disconnected)
            async with registry(tmp_path, FAST, port=port):
                await following(Connected)
                again = await following(Snapshot)
    assert isinstance(again, Snapshot)
    assert [agent.name for agent in again.agents.agents] == ["rail"]


@pytest.mark.parametrize(
    "answer", [fixed("200 OK", b"<html>"), fixed("500 Oops", b""), fixed("503 Busy", b"{}")]
)
async def test_what_is_no_registry_is_unreachable(answer: Respond):
    async with raw_server(answer) as server, client() as http:
        with pytest.raises(RegistryUnreachable):
            await RegistryClient(f"http://127.0.0.1:{server.port}/", http).find(Find(text="x"))


async def test_a_card_that_changed_is_registered_at_once(tmp_path: Path):
    async with registry(tmp_path, FAST) as client, registrar(client) as ours:
        with anyio.fail_after(5):
            await ours.registered.wait()
        changed = registration()
        changed.card["description"] = "Knows the timetable of the night trains too."
        ours.update(changed)

        async def is_changed() -> bool:
            return (await client.agent("rail")).card["description"] == changed.card["description"]

        await until(is_changed)
        agent = await client.agent("rail")
        assert (agent.version, [replica.replica for replica in agent.replicas]) == (2, [ours.replica])


async def test_a_changed_card_that_is_refused_leaves_the_one_before(tmp_path: Path):
    async with registry(tmp_path, FAST) as client, registrar(client) as ours:
        with anyio.fail_after(5):
            await ours.registered.wait()
        ours.update(registration().model_copy(update={"card": {}}))

        async def is_told() -> bool:
            return isinstance(ours.problem, RegistryRefused)

        async def is_well() -> bool:
            return ours.problem is None

        await until(is_told)
        await until(is_well)
        assert (await client.agent("rail")).card == registration().card
