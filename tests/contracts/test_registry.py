"""What `docs/contracts.md` says under "Registry", on the wire, without our client."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio
import httpx2
import pytest

from agentia_testing.card_server import CardServer, card_server
from agentia_testing.cards import card_1_0
from agentia_testing.registries import registry

SECRET = {"Agentia-Registration-Secret": "0123456789abcdef"}
OTHER_SECRET = {"Agentia-Registration-Secret": "fedcba9876543210"}
RAIL = "urn:air:localhost:agents:rail"
AT = "http://127.0.0.1:9/"


@pytest.fixture
async def http(tmp_path: Path) -> AsyncGenerator[httpx2.AsyncClient]:
    async with registry(tmp_path) as client, httpx2.AsyncClient(base_url=client.url, timeout=10) as http:
        yield http


def path(identifier: str = RAIL, replica: str = "r1") -> str:
    return f"/registrations/{quote(identifier, safe='')}/{replica}"


def body(**changes: Any) -> dict[str, Any]:
    return {"card": card_1_0(AT, **changes), "address": AT}


async def register(http: httpx2.AsyncClient, identifier: str = RAIL, **changes: Any) -> httpx2.Response:
    return await http.put(path(identifier), json=body(**changes), headers=SECRET)


def problem(answer: httpx2.Response) -> tuple[int, str]:
    said = answer.json()
    assert said["message"]
    return answer.status_code, said["code"]


async def test_a_new_replica_is_granted_a_lease_of_twelve_seconds(tmp_path: Path):
    async with registry(tmp_path, pace=None) as client, httpx2.AsyncClient(base_url=client.url) as http:
        answer = await register(http)
    assert answer.status_code == 201
    assert answer.json() | {"version": 1} == {
        "identifier": RAIL,
        "replica": "r1",
        "version": 1,
        "expires_in": 12.0,
        "renew_every": 4.0,
    }


async def test_registering_again_with_the_same_secret_is_no_error(http: httpx2.AsyncClient):
    await register(http)
    assert (await register(http)).status_code == 200


async def test_an_identifier_with_another_secret_is_a_name_clash(http: httpx2.AsyncClient):
    await register(http)
    answer = await http.put(path(replica="r2"), json=body(), headers=OTHER_SECRET)
    assert problem(answer) == (409, "name_taken")


async def test_a_name_belongs_to_one_identifier(http: httpx2.AsyncClient):
    await register(http)
    assert problem(await register(http, "urn:air:other.example:agents:rail")) == (409, "name_taken")


@pytest.mark.parametrize("name", ["mesh", "agents", "registry", "healthz", "readyz", "metrics", "well-known"])
async def test_reserved_names_are_refused(http: httpx2.AsyncClient, name: str):
    assert problem(await register(http, f"urn:air:localhost:agents:{name}")) == (400, "request_invalid")


async def test_a_card_with_errors_is_refused_with_the_findings(http: httpx2.AsyncClient):
    answer = await register(http, skills="none")
    assert problem(answer) == (422, "card_invalid")
    assert {"severity", "path", "code", "message", "section"} == set(answer.json()["details"][0])


async def test_a_renewal_keeps_a_replica_and_needs_its_secret(http: httpx2.AsyncClient):
    await register(http)
    assert (await http.post(f"{path()}/renewal", headers=SECRET)).status_code == 200
    assert problem(await http.post(f"{path()}/renewal", headers=OTHER_SECRET)) == (403, "secret_wrong")


async def test_a_renewal_of_nothing_says_register_again(http: httpx2.AsyncClient):
    assert problem(await http.post(f"{path()}/renewal", headers=SECRET)) == (404, "registration_unknown")


async def test_leaving_takes_a_replica_out_and_may_be_said_twice(http: httpx2.AsyncClient):
    await register(http)
    for _ in range(2):
        assert (await http.delete(path(), headers=SECRET)).status_code == 204
    assert (await http.get("/registrations")).json()["agents"] == []


async def test_a_replica_is_taken_out_by_its_owner_only(http: httpx2.AsyncClient):
    await register(http)
    assert problem(await http.delete(path(), headers=OTHER_SECRET)) == (403, "secret_wrong")


async def test_an_agent_is_shown_by_name_and_by_identifier(http: httpx2.AsyncClient):
    await register(http)
    by_name = (await http.get("/registrations/rail")).json()
    assert by_name == (await http.get(f"/registrations/{quote(RAIL, safe='')}")).json()
    assert by_name["card"] == card_1_0(AT)
    assert by_name["digest"].startswith("sha256:")
    assert [replica["address"] for replica in by_name["replicas"]] == [AT]
    assert problem(await http.get("/registrations/nobody")) == (404, "agent_unknown")


async def test_taking_out_an_agent_takes_out_all_of_its_replicas(http: httpx2.AsyncClient):
    await register(http)
    await http.put(path(replica="r2"), json=body(), headers=SECRET)
    assert (await http.delete("/registrations/rail")).status_code == 204
    assert problem(await http.get("/registrations/rail")) == (404, "agent_unknown")
    assert problem(await http.delete("/registrations/rail")) == (404, "agent_unknown")


async def test_find_answers_with_candidates_and_what_their_score_is_made_of(http: httpx2.AsyncClient):
    await register(http)
    found = (await http.post("/find", json={"text": "When do trains go from Ghent to Basel?"})).json()
    best = found["capable"][0]
    assert (best["name"], best["identifier"], best["skill"]) == ("rail", RAIL, "plan-route")
    assert found["cutoff"] <= best["score"] <= 100
    assert "ghent" in best["matched"]
    assert best["parts"].keys() >= {"bm25", "coverage"}


async def test_outcomes_are_accepted(http: httpx2.AsyncClient):
    await register(http)
    outcome = {"text": "to Basel", "agent": "rail", "skill": "plan-route", "outcome": "completed"}
    assert (await http.post("/outcomes", json=[outcome])).status_code == 202


class TestJoin:
    @pytest.fixture
    async def other(self) -> AsyncGenerator[CardServer]:
        async with card_server() as server:
            yield server

    async def test_a_foreign_agent_joins_by_its_url(self, http: httpx2.AsyncClient, other: CardServer):
        other.card()
        answer = await http.post("/registrations", json={"url": other.url})
        assert answer.status_code == 201
        agent = answer.json()
        assert agent["identifier"] == "urn:air:127.0.0.1:agents:route-planner"
        assert (agent["kind"], agent["publisher"]) == ("foreign", "127.0.0.1")

    async def test_the_joiner_may_choose_the_name(self, http: httpx2.AsyncClient, other: CardServer):
        other.card()
        agent = (await http.post("/registrations", json={"url": other.url, "name": "trains"})).json()
        assert agent["name"] == "trains"

    async def test_a_name_that_is_taken_is_told(self, http: httpx2.AsyncClient, other: CardServer):
        await register(http)
        other.card()
        answer = await http.post("/registrations", json={"url": other.url, "name": "rail"})
        assert problem(answer) == (409, "name_taken")

    async def test_a_card_with_errors_is_refused(self, http: httpx2.AsyncClient, other: CardServer):
        other.card(skills="none")
        assert problem(await http.post("/registrations", json={"url": other.url})) == (422, "card_invalid")

    async def test_where_no_card_is_the_remote_is_at_fault(self, http: httpx2.AsyncClient, other: CardServer):
        answer = await http.post("/registrations", json={"url": other.url})
        assert problem(answer) == (502, "card_unreachable")

    async def test_an_address_that_is_not_allowed_is_refused(self, http: httpx2.AsyncClient):
        answer = await http.post("/registrations", json={"url": "http://169.254.169.254/"})
        assert problem(answer) == (403, "address_refused")


async def events(answer: httpx2.Response) -> AsyncGenerator[dict[str, str]]:
    """The fields of each event; a comment is one of its own under the name of its text."""
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        name, _, value = line.partition(": ")
        if line.startswith(": "):
            yield {value: ""}
        elif line:
            fields[name] = value
        elif fields:
            yield fields
            fields = {}


class TestWatch:
    async def test_it_begins_with_a_snapshot_and_goes_on_with_changes(self, http: httpx2.AsyncClient):
        await register(http)
        with anyio.fail_after(5):
            async with http.stream("GET", "/watch") as answer, aclosing(events(answer)) as stream:
                assert answer.headers["content-type"].startswith("text/event-stream")
                first = await anext(stream)
                await register(http, "urn:air:localhost:agents:ships")
                second = await anext(stream)
                await http.delete("/registrations/ships")
                third = await anext(stream)
        assert [event["event"] for event in (first, second, third)] == ["snapshot", "put", "remove"]
        assert [agent["name"] for agent in json.loads(first["data"])["agents"]] == ["rail"]
        assert json.loads(second["data"])["name"] == "ships"
        assert json.loads(third["data"]) == {
            "identifier": "urn:air:localhost:agents:ships",
            "name": "ships",
        }
        epochs, versions = zip(*(event["id"].split("-") for event in (first, second, third)), strict=True)
        assert len(set(epochs)) == 1
        assert [int(version) for version in versions] == [1, 2, 3]

    async def test_last_event_id_resumes_without_a_snapshot(self, http: httpx2.AsyncClient):
        with anyio.fail_after(5):
            async with http.stream("GET", "/watch") as answer, aclosing(events(answer)) as stream:
                known = (await anext(stream))["id"]
            await register(http)
            resumed = http.stream("GET", "/watch", headers={"Last-Event-ID": known})
            async with resumed as answer, aclosing(events(answer)) as stream:
                assert (await anext(stream))["event"] == "put"

    @pytest.mark.parametrize("known", ["", "other-1", "nonsense", "-", "1", "99999999999999999999999-1"])
    async def test_an_id_of_another_life_begins_anew(self, http: httpx2.AsyncClient, known: str):
        with anyio.fail_after(5):
            begun = http.stream("GET", "/watch", headers={"Last-Event-ID": known})
            async with begun as answer, aclosing(events(answer)) as stream:
                assert (await anext(stream))["event"] == "snapshot"

    async def test_a_comment_shows_that_it_lives(self, http: httpx2.AsyncClient):
        with anyio.fail_after(8):
            async with http.stream("GET", "/watch") as answer, aclosing(events(answer)) as stream:
                await anext(stream)
                assert await anext(stream) == {"ping": ""}


@pytest.mark.parametrize(
    ("method", "where", "code"),
    [
        ("GET", "/", 404),
        ("GET", "/nothing/here", 404),
        ("POST", "/watch", 405),
        ("PATCH", "/registrations", 405),
        ("PUT", "/registrations/rail", 405),
    ],
)
async def test_unknown_paths_and_methods_are_problems(
    http: httpx2.AsyncClient, method: str, where: str, code: int
):
    assert problem(await http.request(method, where))[0] == code


BAD_BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'{"url": 5, "text": 5, "card": 5}',
    b"\xff\xfe",
    b'{"text": "\\ud800"}',
]


@pytest.mark.parametrize("raw", BAD_BODIES)
@pytest.mark.parametrize(
    ("method", "where"),
    [("PUT", path()), ("POST", "/registrations"), ("POST", "/find"), ("POST", "/outcomes")],
)
async def test_a_body_of_another_form_is_a_problem_of_the_caller(
    http: httpx2.AsyncClient, method: str, where: str, raw: bytes
):
    answer = await http.request(method, where, content=raw, headers=SECRET)
    if answer.is_success:
        assert (where, raw) == ("/outcomes", b"[]")
    else:
        assert problem(answer) == (400, "request_invalid")


@pytest.mark.parametrize(
    "identifier",
    ["rail", "urn:air:rail", "urn:air:localhost:rail", "urn:air:localhost:agents:Rail",
     "urn:air::agents:rail", "urn:air:localhost:agents:rail ", "urn:air:localhost:agents:",
     "urn:air:localhost:agents:-rail",
     "urn:air:localhost:agents:" + "r" * 64, "urn:air:localhost:" + "a:" * 300 + "rail", "\x00", "🚂"],
)  # fmt: skip
async def test_what_is_no_identifier_is_refused(http: httpx2.AsyncClient, identifier: str):
    assert problem(await register(http, identifier)) == (400, "request_invalid")


async def test_a_registration_without_a_secret_is_refused(http: httpx2.AsyncClient):
    for headers in ({}, {"Agentia-Registration-Secret": "short"}):
        answer = await http.put(path(), json=body(), headers=headers)
        assert problem(answer) == (400, "request_invalid")
