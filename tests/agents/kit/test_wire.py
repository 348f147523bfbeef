"""The same agent by plain HTTP: what the SDK's client does not show."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest

from agentia_fabric.identity import HEADER, LOCAL, Passport, Passports, Principal
from agentia_kit import Card
from agentia_testing.scripted_agent import CARD, Scripted

V1 = {"A2A-Version": "1.0"}


def rpc(method: str, /, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}


def message(text: str, **fields: Any) -> dict[str, Any]:
    return {"messageId": text, "role": "ROLE_USER", "parts": [{"text": text}], **fields}


async def call(http: httpx.AsyncClient, url: str, method: str, /, **params: Any) -> dict[str, Any]:
    answer = await http.post(url, json=rpc(method, **params), headers=V1)
    return answer.json()


def sse(text: str) -> list[dict[str, str]]:
    blocks = [block for block in text.replace("\r\n", "\n").split("\n\n") if block and block[0] != ":"]
    return [dict(line.split(": ", 1) for line in block.split("\n")) for block in blocks]


async def test_events_carry_the_version_of_the_log(http: httpx.AsyncClient, url: str) -> None:
    request = rpc("SendStreamingMessage", message=message("work chunk:a done"))
    events = sse((await http.post(url, json=request, headers=V1)).text)
    assert [event["id"] for event in events] == ["1", "2", "3", "4"]
    rest = await http.post(f"{url}message:stream", json={"message": message("work ask")}, headers=V1)
    assert [event["id"] for event in sse(rest.text)] == ["1", "2", "3"]
    task = json.loads(sse(rest.text)[0]["data"])["task"]["id"]
    more = rpc("SendStreamingMessage", message=message("done", taskId=task))
    continued = sse((await http.post(url, json=more, headers=V1)).text)
    assert [event["id"] for event in continued] == ["5", "6"]


async def test_the_first_event_of_a_stream_may_be_an_error_as_plain_json(
    http: httpx.AsyncClient, url: str
) -> None:
    request = rpc("SendStreamingMessage", message=message("x", taskId="nobody"))
    answer = await http.post(url, json=request, headers=V1)
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["error"]["code"] == -32001


async def test_the_card_is_at_both_paths_with_an_etag(http: httpx.AsyncClient, url: str) -> None:
    for path in ("agent-card.json", "agent.json"):
        answer = await http.get(f"{url}.well-known/{path}")
        card = answer.json()
        assert card["url"] == url
        assert [each["url"] for each in card["supportedInterfaces"]] == [url] * 4
        again = await http.get(f"{url}.well-known/{path}", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    pure = (await http.get(f"{url}.well-known/agent-card.json", headers=V1)).json()
    assert "url" not in pure


async def test_a_version_that_nobody_speaks_is_refused_in_header_and_query(
    http: httpx.AsyncClient, url: str
) -> None:
    request = rpc("ListTasks")
    by_header = await http.post(url, json=request, headers={"A2A-Version": "9.0"})
    assert by_header.json()["error"]["code"] == -32009
    by_query = await http.get(f"{url}tasks?A2A-Version=9.0")
    assert by_query.json()["error"]["details"][0]["reason"] == "VERSION_NOT_SUPPORTED"
    assert (await http.get(f"{url}tasks?A2A-Version=1.0")).json()["totalSize"] == 0


async def test_a_caller_of_0_3_is_understood(http: httpx.AsyncClient, url: str) -> None:
    said = {
        "kind": "message",
        "messageId": "m",
        "role": "user",
        "parts": [{"kind": "text", "text": "work done"}],
    }
    answer = (await http.post(url, json=rpc("message/send", message=said))).json()["result"]
    assert (answer["kind"], answer["status"]["state"]) == ("task", "completed")
    found = (await http.post(url, json=rpc("tasks/get", id=answer["id"]))).json()["result"]
    assert found["id"] == answer["id"]
    streamed = sse((await http.post(url, json=rpc("message/stream", message=said | {"messageId": "n"}))).text)
    assert [event["id"] for event in streamed] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", -32700),
        (b"[]", -32600),
        (b'{"jsonrpc":"2.0","id":1}', -32600),
        (json.dumps(rpc("Dance")).encode(), -32601),
        (json.dumps(rpc("SendMessage", message={"parts": 5})).encode(), -32602),
        (json.dumps(rpc("SendMessage", message={"messageId": "m", "role": "ROLE_USER"})).encode(), -32602),
        (json.dumps(rpc("GetTask", id="nobody")).encode(), -32001),
    ],
)
async def test_every_error_has_a_code_of_the_specification_and_no_traceback(
    http: httpx.AsyncClient, url: str, body: bytes, code: int
) -> None:
    answer = await http.post(url, content=body, headers=V1 | {"Content-Type": "application/json"})
    assert answer.json()["error"]["code"] == code
    assert "Traceback" not in answer.text


async def test_a_form_of_another_page_is_refused(http: httpx.AsyncClient, url: str) -> None:
    body = json.dumps(rpc("ListTasks"))
    answer = await http.post(url, content=body, headers=V1 | {"Content-Type": "text/plain"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, -32005)


async def test_two_slashes_count_as_one(http: httpx.AsyncClient, url: str) -> None:
    assert (await http.get(f"{url}/tasks", headers=V1)).status_code == 200


async def test_the_mesh_secret_makes_passports_necessary_and_owners_separate(
    http: httpx.AsyncClient, serve_agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENTIA_SECRET", "s3cret")
    seal = Passports("s3cret").seal

    def headers(principal: Principal, audience: str = "scripted") -> dict[str, str]:
        return V1 | {HEADER: seal(Passport.issue(principal, audience, by="gateway"))}

    async with serve_agent(Scripted()) as url:
        refused = await http.post(url, json=rpc("ListTasks"), headers=V1)
        assert (refused.status_code, refused.json()["error"]["code"]) == (401, -32600)
        assert (await http.get(f"{url}tasks", headers=V1)).status_code == 401
        assert (await http.get(f"{url}tasks", headers=headers(LOCAL, "another"))).status_code == 401
        assert (await http.get(f"{url}.well-known/agent-card.json")).status_code == 200
        assert (await http.get(f"{url}healthz")).status_code == 200
        mine = Principal("idp", "ann")
        sent = await http.post(
            f"{url}message:send", json={"message": message("work done")}, headers=headers(mine)
        )
        task = sent.json()["task"]["id"]
        assert (await http.get(f"{url}tasks/{task}", headers=headers(mine))).status_code == 200
        for other in (Principal("idp", "bob"), Principal("idp", "ann", "tenant")):
            assert (await http.get(f"{url}tasks/{task}", headers=headers(other))).status_code == 404
            cancel = await http.post(f"{url}tasks/{task}:cancel", headers=headers(other), json={})
            assert cancel.status_code == 404
            listed = await http.get(f"{url}tasks", headers=headers(other))
            assert listed.json()["totalSize"] == 0


async def test_tenants_of_the_path_do_not_see_each_other(http: httpx.AsyncClient, url: str) -> None:
    sent = await http.post(f"{url}one/message:send", json={"message": message("done")}, headers=V1)
    task = sent.json()["task"]["id"]
    assert (await http.get(f"{url}one/tasks/{task}", headers=V1)).status_code == 200
    assert (await http.get(f"{url}two/tasks/{task}", headers=V1)).status_code == 404
    assert (await http.get(f"{url}tasks/{task}", headers=V1)).status_code == 404


def card(**fields: Any) -> dict[str, Any]:
    return {
        "name": "scripted",
        "description": "d",
        "version": "1",
        "capabilities": {},
        "skills": [],
        "defaultInputModes": ["text/plain"],
        "defaultOutputModes": ["text/plain"],
    } | fields


async def test_what_the_card_does_not_offer_is_refused(http: httpx.AsyncClient, serve_agent: Any) -> None:
    async with serve_agent(Scripted(), card()) as url:
        streamed = await call(http, url, "SendStreamingMessage", message=message("done"))
        assert streamed["error"]["code"] == -32004
        task = (await call(http, url, "SendMessage", message=message("ask")))["result"]["task"]["id"]
        subscribed = await call(http, url, "SubscribeToTask", id=task)
        assert subscribed["error"]["code"] == -32004
        for method, params in (
            ("CreateTaskPushNotificationConfig", {"taskId": task, "url": "https://example.com/"}),
            ("ListTaskPushNotificationConfigs", {"taskId": task}),
            ("GetTaskPushNotificationConfig", {"taskId": task, "id": "c"}),
            ("DeleteTaskPushNotificationConfig", {"taskId": task, "id": "c"}),
        ):
            assert (await call(http, url, method, **params))["error"]["code"] == -32003
        assert (await call(http, url, "GetExtendedAgentCard"))["error"]["code"] == -32004
        picture = {"raw": "AA==", "mediaType": "image/png"}
        seen = await call(http, url, "SendMessage", message=message("x") | {"parts": [picture]})
        assert seen["error"]["code"] == -32005


async def test_a_required_extension_must_be_named(http: httpx.AsyncClient, serve_agent: Any) -> None:
    demanding = card(capabilities={"extensions": [{"uri": "urn:x", "required": True}]})
    async with serve_agent(Scripted(), demanding) as url:
        refused = await call(http, url, "SendMessage", message=message("done"))
        assert refused["error"]["code"] == -32008
        named = await http.post(
            url, json=rpc("SendMessage", message=message("done")), headers=V1 | {"A2A-Extensions": "urn:x"}
        )
        assert named.json()["result"]["task"]["status"]["state"] == "TASK_STATE_COMPLETED"


async def test_the_extended_card_is_shown_when_there_is_one(
    http: httpx.AsyncClient, serve_agent: Any
) -> None:
    offering = card(capabilities={"extendedAgentCard": True})
    async with serve_agent(Scripted(), offering) as url:
        assert (await call(http, url, "GetExtendedAgentCard"))["error"]["code"] == -32007
    from a2a.types.a2a_pb2 import AgentCard

    async with serve_agent(Scripted(), offering, extended_card=AgentCard(name="more")) as url:
        assert (await call(http, url, "GetExtendedAgentCard"))["result"]["name"] == "more"


class Webhook:
    """Keeps what is posted to it."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue(100)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        from starlette.requests import Request
        from starlette.responses import Response

        request = Request(scope, receive)
        self.got.put_nowait((request.headers.get("authorization", ""), await request.json()))
        await Response()(scope, receive, send)


async def test_push_notifications_arrive_in_order_with_their_credentials(
    http: httpx.AsyncClient, serve_agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount

    from agentia_fabric.hosting import Service
    from agentia_testing.serving import serving

    monkeypatch.setenv("AGENTIA_FETCH_ALLOW", "loopback")
    hook = Webhook()
    app = Starlette(routes=[Mount("/", hook)])
    async with serving(lambda _: Service(app)) as place, serve_agent(Scripted()) as url:
        config = {"id": "c", "url": place.url, "authentication": {"scheme": "Bearer", "credentials": "k"}}
        sent = await call(
            http,
            url,
            "SendMessage",
            message=message("work ask"),
            configuration={"taskPushNotificationConfig": config},
        )
        task = sent["result"]["task"]["id"]
        async with asyncio.timeout(10):
            got = [await hook.got.get() for _ in range(3)]
        assert [next(iter(body)) for _, body in got] == ["task", "statusUpdate", "statusUpdate"]
        assert {authorization for authorization, _ in got} == {"Bearer k"}
        kept = await call(http, url, "ListTaskPushNotificationConfigs", taskId=task)
        assert [each["id"] for each in kept["result"]["configs"]] == ["c"]
        await call(http, url, "DeleteTaskPushNotificationConfig", taskId=task, id="c")
        gone = await call(http, url, "GetTaskPushNotificationConfig", taskId=task, id="c")
        assert gone["error"]["code"] == -32001


async def test_a_webhook_on_a_private_address_is_refused(http: httpx.AsyncClient, url: str) -> None:
    task = (await call(http, url, "SendMessage", message=message("ask")))["result"]["task"]["id"]
    refused = await call(
        http, url, "CreateTaskPushNotificationConfig", taskId=task, url="https://127.0.0.1/hook"
    )
    assert refused["error"]["code"] == -32602


async def test_the_refusal_of_a_webhook_repeats_no_secret_of_its_url(
    http: httpx.AsyncClient, url: str
) -> None:
    task = (await call(http, url, "SendMessage", message=message("ask")))["result"]["task"]["id"]
    for hook in ("ftp://hook.example/?key=hush", "https://hook.example/?key=hush ", "https:\\\\x?key=hush"):
        refused = await call(http, url, "CreateTaskPushNotificationConfig", taskId=task, url=hook)
        assert refused["error"]["code"] == -32602
        assert "hush" not in str(refused)


async def test_the_short_card_says_what_it_offers(http: httpx.AsyncClient, serve_agent: Any) -> None:
    async with serve_agent(Scripted(), Card("scripted", "Does.", skills=CARD.skills)) as url:
        served = (await http.get(f"{url}.well-known/agent-card.json")).json()
    assert served["capabilities"] == {"streaming": True, "pushNotifications": True}
    assert served["skills"][0]["tags"] == ["do"]
