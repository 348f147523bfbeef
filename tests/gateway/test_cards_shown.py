"""Cards as the gateway shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentia_fabric.mesh_id import EXTENSION, mesh_id
from agentia_testing.plain_agent import PlainAgent
from agentia_testing.small_mesh import SmallMesh, small_mesh

PATHS = [".well-known/agent-card.json", ".well-known/agent.json"]


@pytest.mark.parametrize("well_known", PATHS)
@pytest.mark.parametrize("address", ["", "agents/scripted/"])
async def test_every_url_of_a_card_is_ours(
    mesh: SmallMesh, agent: PlainAgent, address: str, well_known: str
) -> None:
    answer = await mesh.http.get(mesh.url + address + well_known)
    card = answer.json()
    assert {entry["url"] for entry in card["supportedInterfaces"]} == {mesh.url + address}
    assert card["url"] == mesh.url + address
    assert card["protocolVersion"] == "0.3.0"
    assert agent.url not in answer.text
    pure = (await mesh.http.get(mesh.url + address + well_known, headers={"A2A-Version": "1.0"})).json()
    assert "url" not in pure
    assert "protocolVersion" not in pure


async def test_the_mesh_has_the_skills_of_its_agents(mesh: SmallMesh, agent: PlainAgent) -> None:
    card = (await mesh.http.get(mesh.url + PATHS[0])).json()
    assert [skill["id"] for skill in card["skills"]] == ["scripted-skill"]
    assert "scripted" in card["description"]


async def test_a_card_that_is_known_is_not_sent_again(mesh: SmallMesh, agent: PlainAgent) -> None:
    url = mesh.url + "agents/scripted/" + PATHS[0]
    first = await mesh.http.get(url)
    assert "max-age" in first.headers["cache-control"]
    again = await mesh.http.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = await mesh.http.get(url, headers={"A2A-Version": "1.0"})
    assert other.headers["etag"] != first.headers["etag"]


async def test_the_head_of_a_card_can_be_had_alone(mesh: SmallMesh, agent: PlainAgent) -> None:
    head = await mesh.http.head(mesh.url + PATHS[0])
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"]


async def test_the_card_of_an_agent_that_is_not_here_is_not_found(mesh: SmallMesh) -> None:
    answer = await mesh.http.get(mesh.url + "agents/nobody/" + PATHS[0])
    assert answer.status_code == 404
    assert answer.json()["error"]["status"] == "NOT_FOUND"


async def test_a_card_names_the_host_that_the_reader_used(mesh: SmallMesh, agent: PlainAgent) -> None:
    here = mesh.url.replace("127.0.0.1", "localhost")
    card = (await mesh.http.get(here + PATHS[0])).json()
    assert card["url"] == here


async def test_the_mesh_can_be_told_from_others_by_its_card(tmp_path: Path) -> None:
    async with small_mesh(tmp_path, secret="ours") as mesh:
        card = (await mesh.http.get(mesh.url + PATHS[0])).json()

    (marker,) = card["capabilities"]["extensions"]
    assert (marker["uri"], marker["params"]) == (EXTENSION, {"id": mesh_id("ours")})
