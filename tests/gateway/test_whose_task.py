"""Whose task it is: kept over restarts, hidden from others, listed over all agents."""

from __future__ import annotations

from pathlib import Path

from agentia_fabric.identity import Passport, Passports, Principal
from agentia_testing.plain_agent import PlainAgent, plain_agent
from agentia_testing.registries import until
from agentia_testing.small_mesh import SmallMesh, message, small_mesh


def to(name: str, text: str = "work done") -> dict[str, object]:
    return message(text, metadata={"urn:agentia:agent": name})


def passport_of(subject: str, secret: str) -> dict[str, str]:
    passport = Passport.issue(Principal("local", subject), "gateway", by="somebody")
    return {"Agentia-Principal": Passports(secret).seal(passport)}


async def test_a_list_goes_over_all_agents_newest_first_in_pages(mesh: SmallMesh, agent: PlainAgent) -> None:
    async with plain_agent("second") as second:
        await mesh.add("second", second.card, second.url)
        made: list[str] = []
        for name in ("scripted", "second", "scripted", "scripted", "second"):
            answer = await mesh.rpc("SendMessage", to(name))
            made.append(answer["result"]["task"]["id"])
        listed: list[str] = []
        token = ""
        for _ in made:
            page = (await mesh.rpc("ListTasks", {"pageSize": 2, "pageToken": token}))["result"]
            assert page["totalSize"] == 5
            assert len(page["tasks"]) <= 2
            listed += [task["id"] for task in page["tasks"]]
            token = page["nextPageToken"]
            if not token:
                break
        assert listed == made[::-1]


async def test_tasks_of_an_agent_that_is_gone_are_listed_as_last_seen(mesh: SmallMesh) -> None:
    async with plain_agent("leaving") as leaving:
        await mesh.add("leaving", leaving.card, leaving.url)
        answer = await mesh.rpc("SendMessage", to("leaving"))
    task = answer["result"]["task"]
    page = (await mesh.rpc("ListTasks", {}))["result"]
    assert [(each["id"], each["status"]["state"]) for each in page["tasks"]] == [
        (task["id"], "TASK_STATE_COMPLETED")
    ]
    assert page["tasks"][0]["metadata"] == {"urn:agentia:gone": True}


async def test_asking_for_a_task_whose_agent_is_gone_tells_what_was_last_seen(mesh: SmallMesh) -> None:
    async with plain_agent("leaving") as leaving:
        await mesh.add("leaving", leaving.card, leaving.url)
        task = (await mesh.rpc("SendMessage", to("leaving", "work ask")))["result"]["task"]
    error = (await mesh.rpc("GetTask", {"id": task["id"]}))["error"]
    assert error["code"] == -32603
    assert "leaving" in error["message"]
    assert "is gone; the task was last seen INPUT_REQUIRED at 20" in error["message"]
    await mesh.registry.remove("leaving")
    await until(lambda: _left(mesh, "leaving"))
    assert (await mesh.rpc("GetTask", {"id": task["id"]}))["error"] == error


async def _left(mesh: SmallMesh, name: str) -> bool:
    return name not in [agent["name"] for agent in (await mesh.status())["agents"]]


async def test_what_is_not_yours_is_not_found(mesh: SmallMesh, agent: PlainAgent, tmp_path: Path) -> None:
    secret = (tmp_path / "gateway" / "secret").read_text().strip()
    mine, other = passport_of("me", secret), passport_of("somebody-else", secret)
    task = (await mesh.rpc("SendMessage", to("scripted", "work ask"), **mine))["result"]["task"]["id"]
    for path in ("", "agents/scripted/"):
        for method in ("GetTask", "CancelTask", "SubscribeToTask"):
            seen = await mesh.rpc(method, {"id": task}, path, **other)
            assert seen["error"]["code"] == -32001
        follow_up = message("done", taskId=task)
        assert (await mesh.rpc("SendMessage", follow_up, path, **other))["error"]["code"] == -32001
    assert (await mesh.rpc("ListTasks", {}, **other))["result"]["tasks"] == []
    rows = await mesh.http.get(f"{mesh.url}mesh/tasks", params={"task": task}, headers=other)
    assert rows.json() == {"tasks": []}
    decision = await mesh.http.get(f"{mesh.url}mesh/tasks/{task}/decision", headers=other)
    assert decision.status_code == 404
    assert (await mesh.rpc("GetTask", {"id": task}, **mine))["result"]["id"] == task


async def test_a_gateway_that_starts_again_knows_its_tasks(tmp_path: Path) -> None:
    async with plain_agent("scripted") as agent:
        async with small_mesh(tmp_path) as mesh:
            await mesh.add("scripted", agent.card, agent.url)
            task = (await mesh.rpc("SendMessage", to("scripted")))["result"]["task"]["id"]
        async with small_mesh(tmp_path) as mesh:
            await mesh.add("scripted", agent.card, agent.url)
            assert (await mesh.rpc("GetTask", {"id": task}))["result"]["id"] == task


async def test_a_ledger_that_cannot_be_written_refuses_before_the_task_is_named(
    mesh: SmallMesh, agent: PlainAgent, tmp_path: Path
) -> None:
    import sqlite3

    store = sqlite3.connect(tmp_path / "gateway" / "gateway.sqlite3")
    store.execute("DROP TABLE tasks")
    store.close()
    answer = await mesh.rpc("SendMessage", to("scripted"))
    assert answer["error"]["code"] == -32603
    assert answer["error"]["data"][0]["reason"] == "LEDGER_UNAVAILABLE"
