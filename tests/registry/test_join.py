"""What stands at the other end of a URL may be anything."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from agentia_fabric.directory.client import RegistryClient
from agentia_fabric.errors import RegistryRefused
from agentia_fabric.mesh_id import EXTENSION, mesh_id
from agentia_testing.card_server import OLD_WELL_KNOWN, WELL_KNOWN, CardServer, card_server
from agentia_testing.cards import card_0_3
from agentia_testing.registries import registry
from agentia_testing.running_mesh import free_port


@pytest.fixture
async def client(tmp_path: Path) -> AsyncGenerator[RegistryClient]:
    async with registry(tmp_path) as client:
        yield client


@pytest.fixture
async def other() -> AsyncGenerator[CardServer]:
    async with card_server() as server:
        yield server


async def refusal(client: RegistryClient, url: str) -> tuple[int, str]:
    with pytest.raises(RegistryRefused) as refused:
        await client.join(url)
    return refused.value.status, refused.value.code


@pytest.mark.parametrize("where", [WELL_KNOWN, OLD_WELL_KNOWN])
async def test_both_well_known_places_are_tried(client: RegistryClient, other: CardServer, where: str):
    other.card(where)
    assert (await client.join(other.url)).replicas[0].address == other.url


@pytest.mark.parametrize("under", ["agents/trains", "agents/trains/"])
async def test_an_agent_may_live_under_a_path(client: RegistryClient, other: CardServer, under: str):
    other.card(f"/agents/trains{WELL_KNOWN}")
    agent = await client.join(other.url + under)
    assert agent.replicas[0].address == f"{other.url}agents/trains/"


async def test_the_url_may_be_the_cards_own(client: RegistryClient, other: CardServer):
    other.card("/cards/trains.json")
    await client.join(f"{other.url}cards/trains.json")
    assert other.asked[0] == "/cards/trains.json"


async def test_a_page_at_the_url_itself_does_not_hide_the_card(client: RegistryClient, other: CardServer):
    other.documents["/"] = b"<html>Welcome</html>"
    other.card()
    assert (await client.join(other.url)).name == "route-planner"


async def test_an_agent_of_a2a_0_3_joins(client: RegistryClient, other: CardServer):
    other.documents[WELL_KNOWN] = json.dumps(card_0_3(other.url)).encode()
    assert (await client.join(other.url)).card["protocolVersion"] == "0.3.0"


@pytest.mark.parametrize(
    "document",
    [b"", b"no JSON", b"[]", b"{}", b'{"name": "x"}', b'{"name": "' + b"x" * 70_000 + b'"}', b"[" * 50_000],
    ids=["empty", "text", "list", "object", "fields", "large", "deep"],
)
async def test_what_is_no_card_is_told(client: RegistryClient, other: CardServer, document: bytes):
    other.documents[WELL_KNOWN] = document
    assert await refusal(client, other.url) == (422, "card_invalid")


async def test_a_card_that_points_to_another_host_is_refused(client: RegistryClient, other: CardServer):
    elsewhere = {"url": "https://elsewhere.example/", "protocolBinding": "JSONRPC", "protocolVersion": "1.0"}
    other.card(supportedInterfaces=[elsewhere])
    assert await refusal(client, other.url) == (422, "card_invalid")


async def test_where_nobody_answers_only_one_place_is_tried(client: RegistryClient):
    assert await refusal(client, f"http://127.0.0.1:{free_port()}/") == (502, "card_unreachable")


@pytest.mark.parametrize("url", ["", "trains", "ftp://127.0.0.1/", "http://", "http://u:p@127.0.0.1/"])
async def test_what_is_no_url_is_refused(client: RegistryClient, url: str):
    assert await refusal(client, url) == (400, "request_invalid")


async def test_joining_twice_is_no_error(client: RegistryClient, other: CardServer):
    other.card()
    first = await client.join(other.url)
    assert (await client.join(other.url)).registered_at == first.registered_at


async def test_a_mesh_joins_others_but_not_itself(tmp_path: Path, other: CardServer):
    async with registry(tmp_path / "other", secret="ours") as client:
        marker = {"uri": EXTENSION, "params": {"id": mesh_id("ours")}}
        other.card(capabilities={"extensions": [marker]})
        assert await refusal(client, other.url) == (409, "mesh_itself")

        other.card(capabilities={"extensions": [marker | {"params": {"id": mesh_id("theirs")}}]})
        await client.join(other.url)
