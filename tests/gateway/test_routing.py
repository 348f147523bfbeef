"""Which agent a task for the mesh goes to, and what is said when there is none."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from agentia_fabric.identity import LOCAL, Passport, Passports
from agentia_testing.plain_agent import PlainAgent, plain_agent
from agentia_testing.registries import until
from agentia_testing.small_mesh import SmallMesh, message

REFERENCE = "Which region sold most in sales.csv? Chart it and write a two-paragraph brief for the manager"
SKILLS = {
    "counter": (
        "Answer questions about tables",
        ["Which region sold most in sales.csv?", "Chart the revenue by month", "How many orders are there?"],
    ),
    "scribe": (
        "Write short texts",
        ["Write a two-paragraph brief for the manager", "Summarise the notes", "Draft a letter"],
    ),
    "planner": ("Plan tasks for several agents", ["Which region sold most? Write a brief about it"]),
}


def skill_of(name: str) -> dict[str, Any]:
    what, examples = SKILLS[name]
    skill_id = "plan" if name == "planner" else f"{name}-skill"
    return {"id": skill_id, "name": what, "description": what, "tags": [name], "examples": examples}


@pytest.fixture
async def agents(mesh: SmallMesh) -> AsyncGenerator[dict[str, PlainAgent]]:
    async with AsyncExitStack() as stack:
        running: dict[str, PlainAgent] = {}
        for name in SKILLS:
            agent = await stack.enter_async_context(plain_agent(name, skills=[skill_of(name)]))
            await mesh.add(name, agent.card, agent.url)
            running[name] = agent
        yield running


async def decided(mesh: SmallMesh, params: dict[str, Any]) -> dict[str, Any]:
    """Send, and give the record of the decision."""
    answer = await mesh.rpc("SendMessage", params)
    task = answer["result"]["task"]["id"]
    return (await mesh.http.get(f"{mesh.url}mesh/tasks/{task}/decision")).json()


async def winner(mesh: SmallMesh, params: dict[str, Any]) -> tuple[str, str]:
    record = await decided(mesh, params)
    return record["rule"], record["winner"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REFERENCE, ("plan", "planner")),
        ("Which region sold most in sales.csv? Chart it", ("search", "counter")),
        ("Write a two-paragraph brief for the manager", ("search", "scribe")),
    ],
)
async def test_a_text_goes_to_the_winner_unless_its_clauses_belong_to_several(
    mesh: SmallMesh, agents: dict[str, PlainAgent], text: str, expected: tuple[str, str]
) -> None:
    assert await winner(mesh, message(text)) == expected


async def test_a_file_finds_who_takes_its_kind_when_the_text_finds_nobody(
    mesh: SmallMesh, agents: dict[str, PlainAgent]
) -> None:
    skill = skill_of("counter") | {"id": "tables", "inputModes": ["text/plain", "text/csv"]}
    async with plain_agent("sums", skills=[skill]) as sums:
        await mesh.add("sums", sums.card, sums.url)
        asking = message("Kuinka monta kaupunkia?")
        asking["message"]["parts"].append({"raw": "YSxiCg==", "filename": "cities.csv"})
        record = await decided(mesh, asking)
    assert (record["rule"], record["winner"], record["skill"]) == ("search", "sums", "tables")
    assert record["candidates"][0]["reason"] == "takes text/csv"


async def test_a_file_of_plain_text_finds_nobody(mesh: SmallMesh, agents: dict[str, PlainAgent]) -> None:
    asking = message("Kuinka monta kaupunkia?")
    asking["message"]["parts"].append({"raw": "YSxiCg==", "mediaType": "text/plain", "filename": "a.txt"})
    assert (await decided(mesh, asking))["rule"] == "none"


async def test_the_record_of_a_search_has_candidates_with_scores(
    mesh: SmallMesh, agents: dict[str, PlainAgent]
) -> None:
    record = await decided(mesh, message("How many orders are there?"))
    assert record["skill"] == "counter-skill"
    assert record["candidates"][0]["name"] == "counter"
    assert record["candidates"][0]["score"] > 0


async def test_a_conversation_stays_with_the_agent_that_it_began_with(
    mesh: SmallMesh, agents: dict[str, PlainAgent]
) -> None:
    first = await mesh.rpc("SendMessage", message("How many orders are there?"))
    context = first["result"]["task"]["contextId"]
    assert await winner(mesh, message("Draft a letter", contextId=context)) == ("context", "counter")


async def test_a_named_agent_is_asked_even_in_a_conversation_with_another(
    mesh: SmallMesh, agents: dict[str, PlainAgent]
) -> None:
    first = await mesh.rpc("SendMessage", message("How many orders are there?"))
    wish = message(
        "hello", contextId=first["result"]["task"]["contextId"], metadata={"urn:agentia:agent": "scribe"}
    )
    assert await winner(mesh, wish) == ("agent", "scribe")


async def test_a_task_stays_with_its_agent(mesh: SmallMesh, agents: dict[str, PlainAgent]) -> None:
    first = await mesh.rpc("SendMessage", message("ask", metadata={"urn:agentia:agent": "scribe"}))
    task = first["result"]["task"]
    assert task["status"]["state"] == "TASK_STATE_INPUT_REQUIRED"
    again = await mesh.rpc("SendMessage", message("done", taskId=task["id"]))
    assert again["result"]["task"]["id"] == task["id"]
    assert agents["scribe"].executor.entered == 2


async def test_what_nobody_can_do_is_a_rejected_task_that_stays_to_be_read(
    mesh: SmallMesh, agents: dict[str, PlainAgent]
) -> None:
    answer = await mesh.rpc("SendMessage", message("Translate this poem into Klingon and sing it"))
    task = answer["result"]["task"]
    assert task["status"]["state"] == "TASK_STATE_REJECTED"
    text, data = task["status"]["message"]["parts"]
    assert text["text"].startswith("No agent here can do this")
    assert data["data"]["rule"] == "none"
    assert all(each["score"] >= 10 for each in data["data"]["candidates"])
    assert (await mesh.rpc("GetTask", {"id": task["id"]}))["result"] == task
    assert (await mesh.rpc("ListTasks", {}))["result"]["tasks"] == [task]
    assert (await mesh.rpc("CancelTask", {"id": task["id"]}))["error"]["code"] == -32002
    assert (await mesh.rpc("SubscribeToTask", {"id": task["id"]}))["error"]["code"] == -32004
    again = message("please", taskId=task["id"])
    assert (await mesh.rpc("SendMessage", again))["error"]["code"] == -32004


async def test_a_rejected_task_streams_as_one_event(mesh: SmallMesh) -> None:
    answer = await mesh.http.post(
        f"{mesh.url}message:stream", json=message("anything"), headers={"A2A-Version": "1.0"}
    )
    assert answer.headers["content-type"] == "text/event-stream"
    assert answer.text.startswith('data: {"task":')
    assert answer.text.count("data: ") == 1


async def test_a_caller_of_the_old_version_reads_a_rejected_task_in_its_own_words(mesh: SmallMesh) -> None:
    params = {
        "message": {
            "kind": "message", "messageId": "m", "role": "user", "parts": [{"kind": "text", "text": "hi"}],
        }
    }  # fmt: skip
    answer = await mesh.rpc("message/send", params, version="")
    assert answer["result"]["kind"] == "task"
    assert answer["result"]["status"]["state"] == "rejected"
    assert answer["result"]["status"]["message"]["parts"][0]["kind"] == "text"


async def test_a_skill_that_nobody_has_is_said_so(mesh: SmallMesh, agents: dict[str, PlainAgent]) -> None:
    answer = await mesh.rpc("SendMessage", message("hi", metadata={"urn:agentia:skill": "juggle"}))
    status = answer["result"]["task"]["status"]
    assert status["message"]["parts"][0]["text"] == "No agent here has the skill 'juggle'."


async def test_an_agent_that_is_not_here_is_said_so(mesh: SmallMesh, agents: dict[str, PlainAgent]) -> None:
    answer = await mesh.rpc("SendMessage", message("hi", metadata={"urn:agentia:agent": "nobody"}))
    assert answer["error"]["code"] == -32602
    assert "counter, planner, scribe" in answer["error"]["message"]


async def test_a_task_without_text_needs_a_wish(mesh: SmallMesh, agents: dict[str, PlainAgent]) -> None:
    parts = [{"data": {"a": 1}}]
    answer = await mesh.rpc("SendMessage", message("", parts=parts))
    assert answer["error"]["code"] == -32602
    wish = {"urn:agentia:agent": "scribe"}
    answer = await mesh.rpc("SendMessage", message("", parts=parts, metadata=wish))
    assert "task" in answer["result"]


async def test_media_types_that_nobody_produces_are_respected(
    mesh: SmallMesh, agents: dict[str, PlainAgent]
) -> None:
    wanted = message("How many orders are there?") | {"configuration": {"acceptedOutputModes": ["image/png"]}}
    record = await decided(mesh, wanted)
    assert record["rule"] == "none"
    assert "counter" in {dropped["name"] for dropped in record["dropped"]}


async def test_an_agent_that_calls_on_does_not_get_its_own_task_back(
    mesh: SmallMesh, agents: dict[str, PlainAgent], tmp_path_factory: pytest.TempPathFactory, tmp_path: Any
) -> None:
    secret = (tmp_path / "gateway" / "secret").read_text().strip()
    passport = Passport.issue(LOCAL, "counter", by="gateway").delegate("counter", "gateway")
    header = {"Agentia-Principal": Passports(secret).seal(passport)}
    found = await mesh.rpc("SendMessage", message("How many orders are there?"), **header)
    assert found["result"]["task"]["status"]["state"] == "TASK_STATE_REJECTED"
    named = message("hi", metadata={"urn:agentia:agent": "counter"})
    refused = await mesh.rpc("SendMessage", named, **header)
    assert "counter → counter" in refused["error"]["message"]


async def test_with_the_registry_down_only_searching_stops(
    mesh: SmallMesh, agents: dict[str, PlainAgent], tmp_path: Any
) -> None:
    begun = await mesh.rpc("SendMessage", message("ask", metadata={"urn:agentia:agent": "scribe"}))
    await mesh.stop_registry()

    async def gone() -> bool:
        return not (await mesh.status())["registry"]["reachable"]

    await until(gone)
    refused = await mesh.rpc("SendMessage", message("How many orders are there?"))
    assert refused["error"]["code"] == -32603
    assert refused["error"]["message"].startswith("The registry does not answer")
    for wish in ({"urn:agentia:agent": "scribe"}, {"urn:agentia:skill": "scribe-skill"}):
        answer = await mesh.rpc("SendMessage", message("work done", metadata=wish))
        assert answer["result"]["task"]["status"]["state"] == "TASK_STATE_COMPLETED"
    follow_up = message("done", taskId=begun["result"]["task"]["id"])
    assert "task" in (await mesh.rpc("SendMessage", follow_up))["result"]
    http = await mesh.http.post(
        f"{mesh.url}message:send", json=message("How many?"), headers={"A2A-Version": "1.0"}
    )
    assert (http.status_code, http.json()["error"]["status"]) == (503, "UNAVAILABLE")
    assert http.headers["retry-after"]
