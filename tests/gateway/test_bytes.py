"""What passes through is what was sent, byte for byte, but for the edits in `edits.py`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx2
import orjson

from agentia_testing.plain_agent import card_of
from agentia_testing.raw_server import RawServer, fixed, raw_server
from agentia_testing.small_mesh import SmallMesh

Respond = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
VERSION = {"A2A-Version": "1.0", "Content-Type": "application/json"}
SSE = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
TASK = b'data: {"jsonrpc":"2.0","id":1,"result":{"task":{"id":"t1","contextId":"c1","status":{"state":"TASK_STATE_WORKING"}}}}\r\n\r\n'  # noqa: E501
DONE = TASK.replace(b"WORKING", b"COMPLETED")


@asynccontextmanager
async def raw_agent(mesh: SmallMesh, respond: Respond) -> AsyncGenerator[RawServer]:
    async with raw_server(respond) as server:
        url = f"http://127.0.0.1:{server.port}/"
        await mesh.add("raw", card_of("raw", url), url)
        yield server


@asynccontextmanager
async def joined_agent(mesh: SmallMesh, respond: Respond) -> AsyncGenerator[RawServer]:
    """Somebody else's: speaks 1.0 by JSON-RPC only, at an address without a slash at its end."""

    async def with_card(head: bytes, writer: asyncio.StreamWriter) -> None:
        if not head.startswith(b"GET /.well-known/agent-card.json"):
            await respond(head, writer)
            return
        rpc = f"http://127.0.0.1:{writer.get_extra_info('sockname')[1]}/rpc"
        card = orjson.dumps(card_of("raw", rpc, [("JSONRPC", "1.0")]))
        await fixed("200 OK", card, "Content-Type: application/json")(head, writer)

    async with raw_server(with_card) as server:
        await mesh.registry.join(f"http://127.0.0.1:{server.port}/", "raw")
        await mesh.until_known("raw")
        yield server


async def post(mesh: SmallMesh, body: bytes, path: str = "agents/raw/") -> httpx2.Response:
    return await mesh.http.post(mesh.url + path, content=body, headers=VERSION)


def body_of(request: bytes) -> bytes:
    return request.partition(b"\r\n\r\n")[2]


def streamed(*chunks: bytes, then: Respond | None = None) -> Respond:
    async def respond(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(SSE.encode())
        for chunk in chunks:
            writer.write(chunk)
            await writer.drain()
        if then is not None:
            await then(head, writer)

    return respond


async def reset(_: bytes, writer: asyncio.StreamWriter) -> None:
    """Die in the middle."""
    writer.transport.abort()


def chunked(*chunks: bytes) -> Respond:
    """A stream of HTTP chunks whose end never comes."""

    async def respond(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(SSE.replace("Connection: close", "Transfer-Encoding: chunked").encode())
        for chunk in chunks:
            writer.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
            await writer.drain()

    return respond


async def test_a_request_and_its_answer_keep_every_byte(mesh: SmallMesh) -> None:
    sent = b'{ "jsonrpc":"2.0", "method":"SendMessage", "id":1.50, "zebra":null,\n "params":{"message":{"parts":[{"text":"\\u00fc"}], "future":[1e2]}}}'  # noqa: E501
    given = b'{"id": 1.50, "result" : {"message":{"messageId":"x","new":1.0}},  "jsonrpc":"2.0"}'
    async with raw_agent(mesh, fixed("200 OK", given, "Content-Type: application/json")) as agent:
        answer = await post(mesh, sent)
        assert body_of(agent.requests[0]) == sent
    assert answer.content == given


async def test_a_stream_keeps_comments_ids_and_line_ends(mesh: SmallMesh) -> None:
    events = b": ping - 1\n\nid: 7\r\n" + DONE + b"event: other\ndata: x\ndata: y\n\nretry: 5\n\n"
    async with raw_agent(mesh, streamed(events)):
        answer = await post(mesh, b'{"jsonrpc":"2.0","id":1,"method":"SubscribeToTask","params":{"id":"t1"}}')
    assert answer.headers["content-type"] == "text/event-stream"
    assert answer.content == events


async def test_events_pass_before_the_stream_ends(mesh: SmallMesh) -> None:
    release = asyncio.Event()

    async def wait(_: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.wait_for(release.wait(), 10)
        writer.write(DONE)

    send = b'{"message":{"parts":[{"text":"hi"}]}}'
    async with raw_agent(mesh, streamed(b": ping\n\n", TASK, then=wait)):
        url = f"{mesh.url}agents/raw/message:stream"
        async with mesh.http.stream("POST", url, content=send, headers=VERSION) as answer:
            seen = b""
            chunks = answer.aiter_bytes()
            async with asyncio.timeout(10):
                while TASK not in seen:
                    seen += await anext(chunks)
            release.set()
            assert b"".join([chunk async for chunk in chunks]) == DONE


async def test_the_context_is_filled_in_where_only_the_task_is_named(mesh: SmallMesh) -> None:
    given = b'{"jsonrpc":"2.0","id":1,"result":{"task":{"id":"t1","contextId":"c1","status":{"state":"TASK_STATE_INPUT_REQUIRED"}}}}'  # noqa: E501
    first = b'{"jsonrpc":"2.0","id":1,"method":"SendMessage","params":{"message":{"parts":[{"text":"a"}]}}}'
    more = b'{"jsonrpc":"2.0","id":2,"method":"SendMessage","params":{"message":{"taskId" : "t1", "parts":[{"text":"b"}]},"odd":1.0}}'  # noqa: E501
    async with raw_agent(mesh, fixed("200 OK", given, "Content-Type: application/json")) as agent:
        await post(mesh, first)
        await post(mesh, more)
        assert body_of(agent.requests[1]) == more.replace(b'"taskId" :', b'"contextId":"c1","taskId" :')


async def test_an_error_before_the_first_event_stays_plain_json(mesh: SmallMesh) -> None:
    given = b'{"jsonrpc":"2.0","id":1,"error":{"code":-32004,"message":"no streams"}}'
    async with raw_agent(mesh, fixed("200 OK", given, "Content-Type: application/json")):
        body = b'{"jsonrpc":"2.0","id":1,"method":"SendStreamingMessage","params":{"message":{"parts":[{"text":"a"}]}}}'  # noqa: E501
        answer = await post(mesh, body)
    assert (answer.content, answer.headers["content-type"]) == (given, "application/json")


SUBSCRIBE = b'{"jsonrpc":"2.0","id":"s","method":"SendStreamingMessage","params":{"message":{"parts":[{"text":"a"}]}}}'  # noqa: E501


async def test_an_agent_that_dies_in_the_middle_ends_the_stream_with_an_error(mesh: SmallMesh) -> None:
    async with raw_agent(mesh, chunked(TASK, b'data: {"half')):
        answer = await post(mesh, SUBSCRIBE)
        kept, _, last = answer.content.rpartition(b"data: ")
        assert kept == TASK
        error = orjson.loads(last)
        assert error["id"] == "s"
        assert error["error"]["code"] == -32603
        assert error["error"]["data"][0]["metadata"]["taskId"] == "t1"
        rest = await post(mesh, b'{"message":{"parts":[{"text":"a"}]}}', "agents/raw/message:stream")
        assert b'data: {"error":{"code":502,"status":"UNAVAILABLE"' in rest.content


async def test_a_connection_that_is_closed_before_the_task_ends_ends_the_stream_with_an_error(
    mesh: SmallMesh,
) -> None:
    async with raw_agent(mesh, streamed(TASK, then=reset)):
        answer = await post(mesh, SUBSCRIBE)
    assert "went away" in orjson.loads(answer.content.rpartition(b"data: ")[2])["error"]["message"]


async def test_an_agent_that_dies_after_the_final_state_is_no_error(mesh: SmallMesh) -> None:
    async with raw_agent(mesh, chunked(DONE)):
        assert (await post(mesh, SUBSCRIBE)).content == DONE


async def test_an_agent_that_answers_in_html_is_said_to_speak_no_a2a(mesh: SmallMesh) -> None:
    page = b"<html>http://127.0.0.1:1/secret</html>"
    async with raw_agent(mesh, fixed("502 Bad Gateway", page, "Content-Type: text/html")):
        answer = await post(mesh, SUBSCRIBE)
        assert answer.json()["error"]["code"] == -32006
        assert b"html" not in answer.content
        answer = await mesh.http.get(f"{mesh.url}agents/raw/tasks/t1", headers=VERSION)
        assert (answer.status_code, answer.json()["error"]["status"]) == (500, "INTERNAL")


async def test_a_task_of_a_foreign_agent_that_nobody_here_began_is_not_found(mesh: SmallMesh) -> None:
    given = b'{"jsonrpc":"2.0","id":1,"result":{"id":"t9","status":{"state":"TASK_STATE_WORKING"}}}'
    async with joined_agent(mesh, fixed("200 OK", given, "Content-Type: application/json")) as agent:
        seen = await mesh.rpc("GetTask", {"id": "t9"}, "agents/raw/")
        assert seen["error"]["code"] == -32001
        assert not operations(agent)


async def test_a_foreign_agent_is_called_at_the_address_in_its_card(mesh: SmallMesh) -> None:
    given = b'{"jsonrpc":"2.0","id":1,"result":{"message":{"messageId":"m","parts":[]}}}'
    async with joined_agent(mesh, fixed("200 OK", given, "Content-Type: application/json")) as agent:
        assert (await post(mesh, SUBSCRIBE)).content == given
        assert operations(agent)[0].startswith(b"POST /rpc HTTP/1.1\r\n")


async def test_a_binding_or_a_version_that_an_agent_does_not_speak_is_said_so(mesh: SmallMesh) -> None:
    async with joined_agent(mesh, fixed("200 OK", b"{}")) as agent:
        answer = await mesh.http.get(f"{mesh.url}agents/raw/tasks/t", headers=VERSION)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, 404)  # unknown to the ledger
        answer = await post(mesh, b'{"message":{"parts":[{"text":"a"}]}}', "agents/raw/message:send")
        assert answer.status_code == 400
        assert answer.json()["error"]["details"][0]["reason"] == "UNSUPPORTED_OPERATION"
        seen = await mesh.rpc("message/send", {"message": {"parts": [{"text": "a"}]}}, "agents/raw/", "")
        assert seen["error"]["code"] == -32009
        assert "speaks A2A 1.0, not 0.3" in seen["error"]["message"]
        assert not operations(agent)


def operations(agent: RawServer) -> list[bytes]:
    """What it was asked besides its card and what the registry probes."""
    return [request for request in agent.requests if request.startswith(b"POST")]


async def test_two_agents_may_not_give_the_mesh_the_same_task_id(mesh: SmallMesh) -> None:
    given = b'{"jsonrpc":"2.0","id":1,"result":{"task":{"id":"t1","contextId":"c1","status":{"state":"TASK_STATE_WORKING"}}}}'  # noqa: E501
    answer = fixed("200 OK", given, "Content-Type: application/json")
    params = {"message": {"parts": [{"text": "a"}], "metadata": {}}}
    async with raw_agent(mesh, answer), raw_server(answer) as other:
        url = f"http://127.0.0.1:{other.port}/"
        await mesh.add("twin", card_of("twin", url), url)
        for name, taken in (("raw", False), ("twin", True)):
            params["message"]["metadata"] = {"urn:agentia:agent": name}
            seen = await mesh.rpc("SendMessage", params)
            assert (seen.get("error", {}).get("code") == -32006) is taken


async def test_the_extended_card_shows_our_address(mesh: SmallMesh) -> None:
    async with raw_agent(mesh, extended) as agent:
        seen = await mesh.rpc("GetExtendedAgentCard", {}, "agents/raw/")
        urls = {entry["url"] for entry in seen["result"]["supportedInterfaces"]}
        assert urls == {f"{mesh.url}agents/raw/"}
        assert str(agent.port) not in str(seen)


async def extended(head: bytes, writer: asyncio.StreamWriter) -> None:
    port = writer.get_extra_info("sockname")[1]
    card = card_of("raw", f"http://127.0.0.1:{port}/")
    body = orjson.dumps({"jsonrpc": "2.0", "id": 1, "result": card})
    await fixed("200 OK", body, "Content-Type: application/json")(head, writer)
