"""What the host puts around a service, asked over a real socket."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx2
import pytest

from agentia_fabric.hosting import Place, Service
from agentia_fabric.http.client import client
from agentia_testing.light import echo
from agentia_testing.serving import serving

LIMIT = 1000


@pytest.fixture
async def place() -> AsyncGenerator[Place]:
    async with serving(echo, body_limit=LIMIT) as place:
        yield place


@asynccontextmanager
async def raw(place: Place) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection on which the test writes HTTP by hand."""
    reader, writer = await asyncio.open_connection(place.host, place.port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def status_of(place: Place, request: bytes) -> bytes:
    async with raw(place) as (reader, writer):
        writer.write(request)
        return (await asyncio.wait_for(reader.readline(), 5)).split(b" ")[1]


async def test_a_request_from_here_reaches_the_service(place: Place) -> None:
    async with client(base_url=place.url) as http:
        answer = await http.post("/", content=b"hello")
    assert answer.json() == {"service": "tested", "body": "hello"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:1", "localhost:8080", "[::1]:99"])
async def test_every_name_of_this_machine_is_served(place: Place, host: str) -> None:
    async with client(base_url=place.url) as http:
        assert (await http.get("/", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "localhost.evil.example", "10.0.0.1", "127.0.0.1@evil.example", ""],
)
async def test_a_name_that_was_rebound_to_loopback_is_refused(place: Place, host: str) -> None:
    async with client(base_url=place.url) as http:
        answer = await http.get("/", headers={"Host": host})
    assert answer.status_code == 403
    assert answer.json()["code"] == "host_refused"


async def test_a_request_without_a_host_or_with_two_is_refused(place: Place) -> None:
    assert await status_of(place, b"GET / HTTP/1.0\r\n\r\n") == b"403"
    two = b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"
    assert await status_of(place, two) in (b"400", b"403")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:3000", "file://", "https://127.0.0.1"]
)
async def test_a_page_of_another_origin_is_refused(place: Place, origin: str) -> None:
    async with client(base_url=place.url) as http:
        answer = await http.post("/", headers={"Origin": origin})
    assert answer.status_code == 403


async def test_a_page_of_our_own_is_served(place: Place) -> None:
    async with client(base_url=place.url) as http:
        answer = await http.post("/", headers={"Origin": place.url.rstrip("/")})
    assert answer.status_code == 200


async def test_a_page_is_our_own_by_whichever_name_of_this_machine(place: Place) -> None:
    host = f"localhost:{urlsplit(place.url).port}"
    async with client(base_url=place.url) as http:
        own = await http.post("/", headers={"Host": host, "Origin": f"http://{host}"})
        other = await http.post("/", headers={"Host": host, "Origin": "http://localhost:1"})
    assert (own.status_code, other.status_code) == (200, 403)


async def test_a_body_of_just_the_limit_passes(place: Place) -> None:
    async with client(base_url=place.url) as http:
        answer = await http.post("/", content=b"x" * LIMIT)
    assert len(answer.json()["body"]) == LIMIT


async def test_a_body_that_announces_more_than_the_limit_is_refused(place: Place) -> None:
    async with client(base_url=place.url) as http:
        answer = await http.post("/", content=b"x" * (LIMIT + 1))
        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
        assert (await http.get("/")).status_code == 200


async def test_a_body_in_chunks_is_counted(place: Place) -> None:
    async def chunks() -> AsyncGenerator[bytes]:
        for _ in range(20):
            yield b"x" * 100

    async with client(base_url=place.url) as http:
        answer = await http.post("/", content=chunks())
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_a_large_refused_body_gets_its_answer_and_no_reset(place: Place) -> None:
    async with client(base_url=place.url) as http:
        answer = await http.post("/", content=b"x" * 3_000_000)
    assert answer.status_code == 413


async def test_who_asks_before_sending_too_much_is_told_no(place: Place) -> None:
    request = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n"
    assert await status_of(place, request) == b"413"


async def test_health_and_readiness_are_answered_for_every_service() -> None:
    waiting = ["the registry"]

    def factory(place: Place) -> Service:
        return Service(echo(place).app, waiting=lambda: waiting)

    async with serving(factory, name="slow") as place, client(base_url=place.url) as http:
        assert (await http.get("/healthz")).json() == {"status": "ok", "service": "slow"}
        answer = await http.get("/readyz")
        assert (answer.status_code, answer.json()) == (
            503,
            {"status": "starting", "waiting": ["the registry"]},
        )
        waiting.clear()
        assert (await http.get("/readyz")).status_code == 200


async def test_the_server_s_end_is_not_held_up_by_an_idle_connection() -> None:
    async with httpx2.AsyncClient() as http:
        async with serving(echo, drain=30) as place:
            await http.get(place.url)
            loop = asyncio.get_running_loop()
            before = loop.time()
        assert loop.time() - before < 5


async def test_the_trace_of_a_caller_goes_through_to_the_next_call() -> None:
    parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    seen: list[str] = []

    def last(place: Place) -> Service:
        async def app(scope, receive, send) -> None:
            if scope["type"] == "http":
                seen.append(dict(scope["headers"])[b"traceparent"].decode())
            await echo(place).app(scope, receive, send)

        return Service(app)

    async with serving(last) as behind:

        def first(place: Place) -> Service:
            async def app(scope, receive, send) -> None:
                if scope["type"] == "http":
                    async with client() as http:
                        await http.get(behind.url)
                await echo(place).app(scope, receive, send)

            return Service(app)

        async with serving(first) as front, client(base_url=front.url) as http:
            await http.get("/", headers={"traceparent": parent})
    assert seen[0].split("-")[1] == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert seen[0] != parent
