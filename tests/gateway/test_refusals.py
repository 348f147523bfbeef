"""What the gateway refuses, in the shape of the caller's binding (A2A 1.0 §5.4, §9.5, §11.6)."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from agentia_fabric.identity import LOCAL, Passport, Passports
from agentia_testing.plain_agent import PlainAgent
from agentia_testing.small_mesh import SmallMesh, message, small_mesh

HEADERS = {"A2A-Version": "1.0", "Content-Type": "application/json"}


async def refused(mesh: SmallMesh, body: bytes, path: str = "") -> dict[str, Any]:
    answer = await mesh.http.post(mesh.url + path, content=body, headers=HEADERS)
    envelope = answer.json()
    assert envelope["jsonrpc"] == "2.0"
    assert envelope["error"]["data"][0]["@type"] == "type.googleapis.com/google.rpc.ErrorInfo"
    return envelope


@pytest.mark.parametrize("path", ["", "agents/scripted/"])
@pytest.mark.parametrize(
    ("body", "code", "request_id"),
    [
        (b"{", -32700, None),
        (b"\xff", -32700, None),
        (b"", -32700, None),
        (b"[" * 5000, -32700, None),
        (b"[]", -32600, None),
        (b'[{"jsonrpc":"2.0","id":1,"method":"GetTask"}]', -32600, None),
        (b'{"id":3,"method":"GetTask"}', -32600, 3),
        (b'{"jsonrpc":"2.0","id":true,"method":"GetTask"}', -32600, None),
        (b'{"jsonrpc":"2.0","id":"x","method":"Dance"}', -32601, "x"),
        (b'{"jsonrpc":"2.0","id":4,"method":"GetTask","params":[]}', -32602, 4),
        (b'{"jsonrpc":"2.0","id":4,"method":"GetTask"}', -32602, 4),
        (b'{"jsonrpc":"2.0","id":4,"method":"GetTask","params":{"taskId":"a","task_id":"b"}}', -32602, 4),
        (b'{"jsonrpc":"2.0","id":4,"method":"SendMessage","params":{"message":{}}}', -32602, 4),
        (b'{"jsonrpc":"2.0","id":4,"method":"GetTask","params":{"id":"no"}}', -32001, 4),
    ],
)
async def test_json_rpc_gets_the_codes_of_the_specification(
    mesh: SmallMesh, agent: PlainAgent, path: str, body: bytes, code: int, request_id: object
) -> None:
    envelope = await refused(mesh, body, path)
    assert (envelope["error"]["code"], envelope["id"]) == (code, request_id)


@pytest.mark.parametrize(
    ("verb", "path", "body", "status", "reason"),
    [
        ("POST", "message:send", b"{", 400, "JSON_PARSE"),
        ("POST", "message:send", b"{}", 400, "INVALID_PARAMS"),
        ("POST", "message:dance", b"{}", 404, "METHOD_NOT_FOUND"),
        ("PUT", "tasks/x", b"", 404, "METHOD_NOT_FOUND"),
        ("GET", "", b"", 404, "METHOD_NOT_FOUND"),
        ("GET", "tasks/no", b"", 404, "TASK_NOT_FOUND"),
        ("GET", "tasks?pageSize=0x", b"", 400, "INVALID_PARAMS"),
        ("GET", "tasks?pageToken=!", b"", 400, "INVALID_PARAMS"),
        ("GET", "extendedAgentCard", b"", 400, "UNSUPPORTED_OPERATION"),
        ("GET", "agents/nobody/tasks/x", b"", 404, "AGENT_UNKNOWN"),
    ],
)
async def test_http_json_gets_a_status_with_its_reason(
    mesh: SmallMesh, verb: str, path: str, body: bytes, status: int, reason: str
) -> None:
    answer = await mesh.http.request(verb, mesh.url + path, content=body, headers=HEADERS)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"] == status
    info = error["details"][0]
    assert (info["reason"], info["domain"]) == (reason, "a2a-protocol.org")


async def test_an_agent_that_is_not_here_is_a_404_that_says_where_to_look(mesh: SmallMesh) -> None:
    answer = await mesh.http.post(f"{mesh.url}agents/nobody/", json={}, headers=HEADERS)
    assert answer.status_code == 200  # the envelope is looked at first
    body = {"jsonrpc": "2.0", "id": 1, "method": "GetTask", "params": {"id": "x"}}
    answer = await mesh.http.post(f"{mesh.url}agents/nobody/", json=body, headers=HEADERS)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == -32600
    assert "/mesh/status" in answer.json()["error"]["message"]


@pytest.mark.parametrize("path", ["", "agents/scripted/"])
async def test_a_version_that_is_not_spoken_is_answered_with_those_that_are(
    mesh: SmallMesh, agent: PlainAgent, path: str
) -> None:
    seen = await mesh.rpc("GetTask", {"id": "x"}, path, "9.1")
    assert seen["error"]["code"] == -32009
    assert "1.0 and 0.3, not 9.1" in seen["error"]["message"]
    answer = await mesh.http.get(f"{mesh.url}{path}tasks/x?A2A-Version=9.1")
    assert (answer.status_code, answer.json()["error"]["details"][0]["reason"]) == (
        400,
        "VERSION_NOT_SUPPORTED",
    )


async def test_a_request_without_a_version_is_one_of_0_3(mesh: SmallMesh) -> None:
    seen = await mesh.rpc("GetTask", {"id": "x"}, version="")
    assert seen["error"]["code"] == -32009
    assert "A2A-Version: 1.0" in seen["error"]["message"]
    assert (await mesh.rpc("tasks/get", {"id": "x"}, version=""))["error"]["code"] == -32001


async def test_a_caller_of_0_3_is_served_by_an_agent_that_speaks_it(
    mesh: SmallMesh, agent: PlainAgent
) -> None:
    params = {
        "message": {
            "kind": "message",
            "messageId": "m",
            "role": "user",
            "parts": [{"kind": "text", "text": "work done"}],
            "metadata": {"urn:agentia:agent": "scripted"},
        }
    }
    for path in ("", "agents/scripted/"):
        seen = await mesh.rpc("message/send", params, path, version="")
        assert seen["result"]["status"]["state"] == "completed"
        again = await mesh.rpc("tasks/get", {"id": seen["result"]["id"]}, path, version="")
        assert again["result"]["id"] == seen["result"]["id"]


async def test_a_body_over_the_limit_is_refused_in_the_callers_shape(tmp_path: Path) -> None:
    async with small_mesh(tmp_path, body_limit=1000) as mesh:
        large = await mesh.http.post(mesh.url, content=b"x" * 200_000, headers=HEADERS)
        assert (large.status_code, large.json()["error"]["code"]) == (413, -32600)
        large = await mesh.http.post(f"{mesh.url}message:send", content=b"x" * 1001, headers=HEADERS)
        assert (large.status_code, large.json()["error"]["status"]) == (413, "RESOURCE_EXHAUSTED")


async def test_ten_megabytes_of_text_pass(mesh: SmallMesh, agent: PlainAgent) -> None:
    text = "work done " + "x" * 10_000_000
    wish = {"urn:agentia:agent": "scripted"}
    seen = await mesh.rpc(
        "SendMessage", message(text, metadata=wish) | {"configuration": {"historyLength": 0}}
    )
    assert seen["result"]["task"]["status"]["state"] == "TASK_STATE_COMPLETED"


@pytest.fixture
async def keyed(tmp_path: Path) -> AsyncGenerator[SmallMesh]:
    async with small_mesh(tmp_path, api_key="the-key", secret="s") as mesh:
        yield mesh


async def test_with_a_key_configured_nothing_but_cards_and_health_is_open(keyed: SmallMesh) -> None:
    for headers in ({}, {"authorization": "Bearer wrong"}, {"x-api-key": ""}):
        answer = await keyed.http.post(keyed.url, json={}, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, -32600)
        assert answer.headers["www-authenticate"].startswith("Bearer")
        for path in (
            "tasks",
            "agents/x/tasks",
            "mesh/status",
            "mesh/registry/registrations",
            "mesh/tasks/x/decision",
        ):
            assert (await keyed.http.get(keyed.url + path, headers=headers)).status_code == 401
    for path in ("healthz", "readyz", ".well-known/agent-card.json"):
        assert (await keyed.http.get(keyed.url + path)).status_code == 200
    card = (await keyed.http.get(keyed.url + ".well-known/agent-card.json")).json()
    assert card["securityRequirements"]


async def test_the_key_opens_in_either_header(keyed: SmallMesh) -> None:
    for headers in ({"authorization": "Bearer the-key"}, {"x-api-key": "the-key"}):
        assert (await keyed.http.get(f"{keyed.url}mesh/status", headers=headers)).status_code == 200


async def test_a_passport_of_this_mesh_opens_when_it_is_meant_for_the_gateway(keyed: SmallMesh) -> None:
    good = Passport.issue(LOCAL, "gateway", by="planner")
    for passport, secret, status in (
        (good, "s", 200),
        (good, "another", 401),
        (Passport.issue(LOCAL, "planner", by="gateway"), "s", 401),
    ):
        headers = {"Agentia-Principal": Passports(secret).seal(passport)}
        assert (await keyed.http.get(f"{keyed.url}mesh/status", headers=headers)).status_code == status
