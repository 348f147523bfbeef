"""The safe fetcher against real servers on loopback, with names and public addresses made up by the test."""

import asyncio
import gzip
from collections.abc import Sequence
from pathlib import Path

import httpcore2
import pytest

from agentia_fabric.errors import FetchError, FetchRefused, FetchTimeout, FetchTooLarge, FetchUnreachable
from agentia_fabric.fetch import Fetcher
from agentia_fabric.networks import Networks
from agentia_testing.certificate import contexts
from agentia_testing.internet import Internet, resolving
from agentia_testing.raw_server import RawServer, Respond, fixed, raw_server

LOOPBACK = Networks.parse("loopback")
PUBLIC = "93.184.215.14"


async def refused(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(FetchRefused) as caught:
        await fetcher.get(url, limit=1000, timeout=5)
    assert caught.value.url == url
    return str(caught.value)


async def test_a_permitted_network_is_reached_with_plain_http() -> None:
    async with (
        raw_server(fixed("200 OK", b"card", "X-Made-By: test")) as server,
        Fetcher(LOOPBACK) as fetcher,
    ):
        answer = await fetcher.get(
            f"http://127.0.0.1:{server.port}/card?v=1", limit=4, timeout=5, headers={"Accept": "text/plain"}
        )
    assert (answer.status, answer.body, answer.headers["x-made-by"]) == (200, b"card", "test")
    head = server.requests[0].decode()
    assert head.startswith("GET /card?v=1 HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{server.port}\r\n" in head
    assert "Accept: text/plain\r\n" in head
    assert "Accept-Encoding: identity\r\n" in head


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::1"],
        ["10.0.0.5"],
        ["169.254.169.254"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        [PUBLIC, "192.168.0.1"],
        ["2606:4700::1111", "fe80::1"],
    ],
)
async def test_a_name_that_leads_inside_is_refused_and_nothing_is_dialled(addresses: list[str]) -> None:
    internet = Internet(1)
    async with Fetcher(resolver=resolving({"agent.example": addresses}), network=internet) as fetcher:
        assert "not public" in await refused(fetcher, "https://agent.example/")
        with pytest.raises(FetchRefused):
            await fetcher.check("https://agent.example/")
        with pytest.raises(FetchRefused):
            await fetcher.post("https://agent.example/", b"", limit=1, timeout=5)
    assert internet.dialled == []


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:7f00:1]/",
        "https://169.254.169.254/latest/meta-data",
    ],
)
async def test_an_inside_address_in_the_url_itself_is_refused(url: str) -> None:
    async with Fetcher() as fetcher:
        assert "not public" in await refused(fetcher, url)


async def test_plain_http_to_a_public_address_is_refused() -> None:
    async with Fetcher(LOOPBACK, resolver=resolving({"agent.example": [PUBLIC]})) as fetcher:
        assert "https:// only" in await refused(fetcher, "http://agent.example/")


async def test_permitting_one_network_permits_no_other() -> None:
    async with Fetcher(Networks.parse("10.0.0.0/8")) as fetcher:
        await refused(fetcher, "http://127.0.0.1/")


async def test_the_checked_address_is_dialled_and_the_name_is_asked_for_once(tmp_path: Path) -> None:
    asked: list[str] = []

    def rebinding() -> Sequence[str]:
        asked.append("asked")
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    server_tls, client_tls = contexts(tmp_path, "agent.example")
    async with raw_server(fixed("200 OK", b"card"), server_tls) as server:
        internet = Internet(server.port)
        async with Fetcher(
            resolver=resolving({"agent.example": rebinding}), network=internet, tls_context=client_tls
        ) as fetcher:
            answer = await fetcher.get("https://agent.example/card", limit=100, timeout=5)
    assert answer.body == b"card"
    assert internet.dialled == [PUBLIC]
    assert asked == ["asked"]
    assert server.names == ["agent.example"]
    assert b"Host: agent.example\r\n" in server.requests[0]


async def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    server_tls, client_tls = contexts(tmp_path, "other.example")
    async with (
        raw_server(fixed("200 OK"), server_tls) as server,
        Fetcher(
            resolver=resolving({"agent.example": [PUBLIC]}),
            network=Internet(server.port),
            tls_context=client_tls,
        ) as fetcher,
    ):
        with pytest.raises(FetchUnreachable, match="ertificate"):
            await fetcher.get("https://agent.example/", limit=100, timeout=5)
    assert server.requests == []


async def test_the_next_address_is_tried_when_the_first_does_not_answer() -> None:
    async with raw_server(fixed("200 OK", b"card")) as server:
        names = resolving({"agent.example": ["127.0.0.9", "127.0.0.1"]})
        async with Fetcher(LOOPBACK, resolver=names) as fetcher:
            answer = await fetcher.get(f"http://agent.example:{server.port}/", limit=100, timeout=5)
    assert answer.body == b"card"


def redirecting(*locations: str) -> Respond:
    """Leads `/0` to the first location, `/1` to the second …; all other paths are the end."""

    async def respond(head: bytes, writer: asyncio.StreamWriter) -> None:
        path = head.split(b" ")[1].decode().strip("/")
        if path.isdigit() and int(path) < len(locations):
            await fixed("302 Found", b"", f"Location: {locations[int(path)]}")(head, writer)
        else:
            await fixed("200 OK", path.encode())(head, writer)

    return respond


async def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    async with raw_server(redirecting("/1", "/2", "/3", "/end")) as server, Fetcher(LOOPBACK) as fetcher:
        base = f"http://127.0.0.1:{server.port}"
        answer = await fetcher.get(f"{base}/1", limit=100, timeout=5)
        assert (answer.url, answer.body) == (f"{base}/end", b"end")
        assert "redirects" in await refused(fetcher, f"{base}/0")


@pytest.mark.parametrize(
    "location",
    ["https://10.0.0.1/", "http://169.254.169.254/", "file:///etc/passwd", "https://user@127.0.0.1/"],
)
async def test_a_redirect_is_checked_as_the_first_url_was(location: str) -> None:
    async with raw_server(redirecting(location)) as server, Fetcher(LOOPBACK) as fetcher:
        await refused(fetcher, f"http://127.0.0.1:{server.port}/0")
    assert len(server.requests) == 1


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_public_server_cannot_lead_into_a_permitted_network(scheme: str, tmp_path: Path) -> None:
    server_tls, client_tls = contexts(tmp_path, "agent.example")
    async with raw_server(fixed("200 OK", b"inside")) as inside:
        location = f"{scheme}://127.0.0.1:{inside.port}/"
        async with (
            raw_server(redirecting(location), server_tls) as outside,
            Fetcher(
                LOOPBACK,
                resolver=resolving({"agent.example": [PUBLIC]}),
                network=Internet(outside.port),
                tls_context=client_tls,
            ) as fetcher,
        ):
            await refused(fetcher, "https://agent.example/0")
    assert inside.requests == []


async def test_headers_of_the_caller_do_not_follow_to_another_origin() -> None:
    async with (
        raw_server(fixed("200 OK")) as second,
        raw_server(redirecting(f"http://127.0.0.1:{second.port}/")) as first,
        Fetcher(LOOPBACK) as fetcher,
    ):
        url = f"http://127.0.0.1:{first.port}/0"
        await fetcher.get(url, limit=100, timeout=5, headers={"Authorization": "Bearer x"})
    assert b"Authorization" in first.requests[0]
    assert b"Authorization" not in second.requests[0]


async def test_a_post_carries_its_body_and_follows_no_redirect() -> None:
    async with raw_server(redirecting("/1")) as server, Fetcher(LOOPBACK) as fetcher:
        answer = await fetcher.post(
            f"http://127.0.0.1:{server.port}/0",
            b'{"task":1}',
            limit=100,
            timeout=5,
            headers={"Content-Type": "application/json"},
        )
    assert answer.status == 302
    assert len(server.requests) == 1
    assert server.requests[0].endswith(b'\r\n\r\n{"task":1}')


async def chunked(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _number in range(10_000):
        writer.write(b"400\r\n" + b"x" * 1024 + b"\r\n")
        await writer.drain()


async def silent(_: bytes, __: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def dripping(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.01)


async def nonsense(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")


async def large_head(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000)


async def cut_off(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")


BOMB = gzip.compress(b"\0" * 10_000_000)


@pytest.mark.parametrize(
    ("respond", "error"),
    [
        (fixed("200 OK", b"x" * 1001), FetchTooLarge),
        (chunked, FetchTooLarge),
        (fixed("200 OK", BOMB, "Content-Encoding: gzip"), FetchUnreachable),
        (silent, FetchTimeout),
        (dripping, FetchTimeout),
        (nonsense, FetchUnreachable),
        (large_head, FetchUnreachable),
        (cut_off, FetchUnreachable),
    ],
    ids=["large", "endless", "bomb", "silent", "dripping", "not HTTP", "large head", "cut off"],
)
async def test_an_answer_out_of_bounds_ends_the_fetch(respond: Respond, error: type[FetchError]) -> None:
    async with raw_server(respond) as server, Fetcher(LOOPBACK) as fetcher:
        url = f"http://127.0.0.1:{server.port}/"
        with pytest.raises(error) as caught:
            await fetcher.get(url, limit=1000, timeout=0.6)
    assert caught.value.url == url
    assert "\n" not in str(caught.value)


async def test_a_name_without_an_address_and_a_port_without_a_server_are_unreachable() -> None:
    async with raw_server(fixed("200 OK")) as gone:
        pass
    async with Fetcher(LOOPBACK, resolver=resolving({})) as fetcher:
        for url in ("https://agent.example/", f"http://127.0.0.1:{gone.port}/"):
            with pytest.raises(FetchUnreachable):
                await fetcher.get(url, limit=10, timeout=5)


async def test_a_resolver_that_hangs_is_bounded_too() -> None:
    async def hang(_: str, __: int) -> Sequence[str]:
        await asyncio.sleep(60)
        return ()

    async with Fetcher(resolver=hang) as fetcher:
        with pytest.raises(FetchTimeout):
            await fetcher.check("https://agent.example/", timeout=0.1)


async def test_checking_sends_nothing() -> None:
    server: RawServer
    async with raw_server(fixed("200 OK")) as server, Fetcher(LOOPBACK) as fetcher:
        await fetcher.check(f"http://127.0.0.1:{server.port}/")
    assert server.requests == []


def test_every_error_of_the_layer_below_is_told_in_our_words() -> None:
    from agentia_fabric.fetch.exchange import LOWER

    exported = [getattr(httpcore2, name) for name in httpcore2.__all__]
    errors = [item for item in exported if isinstance(item, type) and issubclass(item, Exception)]
    assert len(errors) >= 14
    assert [error for error in errors if not issubclass(error, LOWER)] == []
