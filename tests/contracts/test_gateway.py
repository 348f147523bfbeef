"""`docs/contracts.md`, "Gateway", on the wire."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from agentia_fabric.identity import HEADER, LOCAL, Passport, Passports
from agentia_testing.plain_agent import PlainAgent, plain_agent
from agentia_testing.small_mesh import SmallMesh, message, small_mesh


@pytest.fixture
async def mesh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[SmallMesh]:
    monkeypatch.delenv("AGENTIA_API_KEY", raising=False)
    async with small_mesh(tmp_path, secret="the-secret") as running:
        yield running


@pytest.fixture
async def agent(mesh: SmallMesh) -> AsyncGenerator[PlainAgent]:
    async with plain_agent("scripted") as running:
        await mesh.add("scripted", running.card, running.url)
        yield running


def wishing(text: str, **metadata: str) -> dict[str, object]:
    return message(text, metadata=metadata)


async def test_status_has_the_agents_and_the_registry(mesh: SmallMesh, agent: PlainAgent) -> None:
    status = await mesh.status()
    assert status["url"] == mesh.url
    assert status["registry"]["reachable"] is True
    assert status["agents"] == [
        {
            "name": "scripted",
            "description": "The agent scripted.",
            "model": None,
            "kind": "kit",
            "replicas": 1,
            "url": f"{mesh.url}agents/scripted/",
            "skills": ["scripted-skill"],
        }
    ]


async def test_metadata_names_the_agent_or_the_skill(mesh: SmallMesh, agent: PlainAgent) -> None:
    for wish in ({"urn:agentia:agent": "scripted"}, {"urn:agentia:skill": "scripted-skill"}):
        answer = await mesh.rpc("SendMessage", wishing("work done", **wish))
        assert answer["result"]["task"]["status"]["state"] == "TASK_STATE_COMPLETED"


async def test_agents_get_a_passport_and_none_of_the_callers_credentials(
    mesh: SmallMesh, agent: PlainAgent
) -> None:
    await mesh.rpc(
        "SendMessage",
        message("work done"),
        "agents/scripted/",
        authorization="Bearer mine",
        cookie="a=b",
        **{"A2A-Extensions": "urn:x", "X-Mine": "1"},
    )
    sent = agent.headers[-1]
    assert not {"authorization", "cookie", "x-mine"} & sent.keys()
    assert sent["a2a-version"] == "1.0"
    assert sent["a2a-extensions"] == "urn:x"
    assert "traceparent" in sent
    passport = Passports("the-secret").open(sent[HEADER.lower()], "scripted")
    assert passport.principal == LOCAL
    assert passport.hops == ("gateway",)


async def test_the_decision_record_is_shown_to_the_owner(mesh: SmallMesh, agent: PlainAgent) -> None:
    answer = await mesh.rpc("SendMessage", wishing("work done", **{"urn:agentia:agent": "scripted"}))
    task = answer["result"]["task"]
    record = (await mesh.http.get(f"{mesh.url}mesh/tasks/{task['id']}/decision")).json()
    assert record.keys() == {
        "task", "context", "at", "rule", "winner", "skill", "candidates", "dropped", "took_ms",
    }  # fmt: skip
    assert (record["task"], record["context"]) == (task["id"], task["contextId"])
    assert (record["rule"], record["winner"]) == ("agent", "scripted")
    unknown = await mesh.http.get(f"{mesh.url}mesh/tasks/none/decision")
    assert unknown.status_code == 404
    assert unknown.json().keys() == {"code", "message"}


async def test_the_registry_is_there_with_our_addresses(mesh: SmallMesh, agent: PlainAgent) -> None:
    answer = await mesh.http.get(f"{mesh.url}mesh/registry/registrations")
    record = answer.json()["agents"][0]
    here = f"{mesh.url}agents/scripted/"
    assert {entry["url"] for entry in record["card"]["supportedInterfaces"]} == {here}
    assert [replica["address"] for replica in record["replicas"]] == [here]
    assert agent.url not in answer.text


async def test_the_watch_stream_passes_with_our_addresses(mesh: SmallMesh, agent: PlainAgent) -> None:
    async with mesh.http.stream("GET", f"{mesh.url}mesh/registry/watch") as answer:
        lines = answer.aiter_lines()
        seen = [await anext(lines) for _ in range(3)]
    assert seen[0].startswith("id: ")
    assert seen[1] == "event: snapshot"
    assert f"{mesh.url}agents/scripted/" in seen[2]
    assert agent.url not in seen[2]


async def test_health_and_readiness_need_no_agents(mesh: SmallMesh) -> None:
    assert (await mesh.http.get(f"{mesh.url}healthz")).json() == {"status": "ok", "service": "gateway"}
    assert (await mesh.http.get(f"{mesh.url}readyz")).status_code == 200


async def test_tasks_are_listed_with_their_agent_and_what_they_asked(
    mesh: SmallMesh, agent: PlainAgent
) -> None:
    answer = await mesh.rpc("SendMessage", wishing("work  done", **{"urn:agentia:agent": "scripted"}))
    task = answer["result"]["task"]
    nobody = await mesh.rpc("SendMessage", message("paint a fresco"))
    rejected = nobody["result"]["task"]["id"]
    rows = (await mesh.http.get(f"{mesh.url}mesh/tasks")).json()["tasks"]
    assert [row.pop("updated")[-1] for row in rows] == ["Z", "Z"]
    assert [row.pop("context") for row in rows][-1] == task["contextId"]
    done, no = "TASK_STATE_COMPLETED", "TASK_STATE_REJECTED"
    assert rows == [
        {"task": rejected, "agent": None, "state": no, "asked": "paint a fresco", "root": None},
        {"task": task["id"], "agent": "scripted", "state": done, "asked": "work done", "root": None},
    ]


async def test_tasks_are_chosen_by_id_and_by_conversation(mesh: SmallMesh, agent: PlainAgent) -> None:
    made = [(await mesh.rpc("SendMessage", message("done"), "agents/scripted/")) for _ in range(3)]
    first, second, _ = (answer["result"]["task"] for answer in made)
    for query, wanted in (
        ({"task": [first["id"], second["id"]]}, {first["id"], second["id"]}),
        ({"context": first["contextId"]}, {first["id"]}),
        ({"task": second["id"], "context": first["contextId"]}, set()),
    ):
        rows = (await mesh.http.get(f"{mesh.url}mesh/tasks", params=query)).json()["tasks"]
        assert {row["task"] for row in rows} == wanted
    assert (await mesh.http.get(f"{mesh.url}mesh/tasks?limit=0")).status_code == 400


async def test_a_task_that_an_agent_asked_for_tells_in_whose_course(
    mesh: SmallMesh, agent: PlainAgent
) -> None:
    own = Passport.issue(LOCAL, "gateway", by="planner", root="the-plan")
    header = {HEADER: Passports("the-secret").seal(own)}
    await mesh.rpc("SendMessage", message("done"), "agents/scripted/", **header)
    (row,) = (await mesh.http.get(f"{mesh.url}mesh/tasks")).json()["tasks"]
    assert row["root"] == "the-plan"
