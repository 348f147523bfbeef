"""Notifications reach real webhooks, in order, and a bad webhook is nobody else's trouble."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from agentia_fabric.errors import FetchRefused
from agentia_fabric.fetch import Fetcher
from agentia_fabric.networks import Networks
from agentia_fabric.push import Backoff, Deliverer, Webhook
from agentia_testing.webhook_receiver import receiving

QUICK = Backoff(attempts=3, first=0.001, most=0.01)


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(Networks.parse("loopback")) as fetcher:
        yield fetcher


@pytest.fixture
async def deliverer(fetcher: Fetcher) -> AsyncIterator[Deliverer]:
    async with Deliverer(fetcher, backoff=QUICK, timeout=5) as deliverer:
        yield deliverer


async def until(deliverer: Deliverer, *, delivered: int = 0, dropped: int = 0) -> None:
    """Wait for the counts, at most ten seconds."""
    async with asyncio.timeout(10):
        while (deliverer.counts.delivered, deliverer.counts.dropped) != (delivered, dropped):  # noqa: ASYNC110
            await asyncio.sleep(0.001)


async def test_a_notification_arrives_as_it_was_given_in_the_content_type_of_a2a(deliverer: Deliverer):
    async with receiving() as receiver:
        assert deliverer.send(Webhook("task/config", receiver.url + "hook?x=1"), b'{"task":{}}')
        assert await receiver.got(1) == [b'{"task":{}}']
        (request,) = receiver.requests
    assert (request.url.path, request.url.query) == ("/hook", "x=1")
    assert request.headers["content-type"] == "application/a2a+json"
    assert "authorization" not in request.headers
    assert "x-a2a-notification-token" not in request.headers


async def test_an_older_receiver_gets_the_content_type_it_knows(deliverer: Deliverer):
    async with receiving() as receiver:
        deliverer.send(Webhook("task/config", receiver.url), b"{}", content_type="application/json")
        await receiver.got(1)
    assert receiver.requests[0].headers["content-type"] == "application/json"


async def test_the_receiver_recognises_us_by_token_and_credentials(deliverer: Deliverer):
    async with receiving() as receiver:
        webhook = Webhook("task/config", receiver.url, token="t0ken", scheme="Bearer", credentials="s3cret")
        deliverer.send(webhook, b"{}")
        await receiver.got(1)
    headers = receiver.requests[0].headers
    assert headers["x-a2a-notification-token"] == "t0ken"
    assert headers["authorization"] == "Bearer s3cret"


async def test_a_scheme_without_credentials_is_not_sent(deliverer: Deliverer):
    async with receiving() as receiver:
        deliverer.send(Webhook("task/config", receiver.url, scheme="Bearer"), b"{}")
        await receiver.got(1)
    assert "authorization" not in receiver.requests[0].headers


@pytest.mark.parametrize("token", ["line\r\nX-Evil: 1", "ключ", "\x00", " led by a blank"])
async def test_a_token_that_no_header_can_carry_is_sent_nowhere(deliverer: Deliverer, token: str):
    async with receiving() as receiver:
        deliverer.send(Webhook("task/config", receiver.url, token=token), b"{}")
        await until(deliverer, dropped=1)
    assert not receiver.requests


async def test_notifications_of_one_configuration_keep_their_order_also_through_failures(
    deliverer: Deliverer,
):
    async with receiving(204, 503, 500, 204, 429) as receiver:
        for number in range(5):
            deliverer.send(Webhook("task/config", receiver.url), b"%d" % number)
        await until(deliverer, delivered=5)
    assert receiver.bodies == [b"0", b"1", b"1", b"1", b"2", b"2", b"3", b"4"]
    assert deliverer.counts.retried == 3


async def test_after_its_last_attempt_a_notification_is_dropped_and_the_next_one_sent(deliverer: Deliverer):
    async with receiving(500, 500, 500) as receiver:
        deliverer.send(Webhook("task/config", receiver.url), b"lost")
        deliverer.send(Webhook("task/config", receiver.url), b"arrives")
        await until(deliverer, delivered=1, dropped=1)
    assert receiver.bodies == [b"lost"] * 3 + [b"arrives"]


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403, 404, 410])
async def test_a_refusal_or_a_redirect_is_not_tried_again(deliverer: Deliverer, status: int):
    async with receiving(status) as receiver:
        receiver.headers["Location"] = "http://127.0.0.1:1/elsewhere"
        deliverer.send(Webhook("task/config", receiver.url), b"{}")
        await until(deliverer, dropped=1)
    assert len(receiver.requests) == 1


async def test_a_webhook_that_nobody_listens_on_is_given_up(deliverer: Deliverer):
    async with receiving() as receiver:
        gone = receiver.url
    deliverer.send(Webhook("task/config", gone), b"{}")
    await until(deliverer, dropped=1)
    assert deliverer.counts.retried == 2


async def test_a_webhook_that_hangs_holds_up_only_its_own_configuration(deliverer: Deliverer):
    async with receiving(*[0] * 4) as hangs, receiving() as answers:
        for number in range(4):
            deliverer.send(Webhook(f"hangs/{number}", hangs.url), b"{}")
            deliverer.send(Webhook(f"hangs/{number}", hangs.url), b"{}")
        await hangs.got(4)
        for number in range(50):
            deliverer.send(Webhook(f"answers/{number}", answers.url), b"{}")
        await answers.got(50)
        assert len(hangs.requests) == 4


async def test_a_host_that_hangs_gets_a_few_of_the_places_only(fetcher: Fetcher):
    async with (
        receiving(*[0] * 30) as hangs,
        receiving() as answers,
        Deliverer(fetcher, at_once=4, at_once_each=2) as deliverer,
    ):
        for number in range(30):
            deliverer.send(Webhook(f"hangs/{number}", hangs.url), b"{}")
        await hangs.got(2)
        deliverer.send(Webhook("answers", answers.url), b"{}")
        await answers.got(1)
        assert len(hangs.requests) == 2
        hangs.let_go.set()


async def test_an_answer_that_does_not_come_in_time_is_a_failed_attempt(fetcher: Fetcher):
    async with receiving(0) as receiver, Deliverer(fetcher, backoff=QUICK, timeout=0.1) as deliverer:
        deliverer.send(Webhook("task/config", receiver.url), b"{}")
        await until(deliverer, delivered=1)
    assert len(receiver.requests) == deliverer.counts.retried + 1 >= 2


async def test_a_private_address_is_refused_when_a_configuration_is_made(deliverer: Deliverer):
    async with Fetcher(Networks()) as strict:
        with pytest.raises(FetchRefused):
            await Deliverer(strict).check("https://127.0.0.1/hook")
    await deliverer.check("http://127.0.0.1:9999/hook")


async def test_a_private_address_is_refused_again_when_something_is_sent():
    async with receiving() as receiver, Fetcher(Networks()) as strict, Deliverer(strict) as deliverer:
        deliverer.send(Webhook("task/config", receiver.url), b"{}")
        await until(deliverer, dropped=1)
    assert not receiver.requests


@pytest.mark.parametrize("url", ["", "no url", "http://[", "ftp://example.org/", "https://"])
async def test_a_url_that_is_none_is_dropped_and_harms_nobody(deliverer: Deliverer, url: str):
    async with receiving() as receiver:
        deliverer.send(Webhook("task/config", url), b"{}")
        deliverer.send(Webhook("task/config", receiver.url), b"{}")
        await until(deliverer, delivered=1, dropped=1)


async def test_what_is_over_the_limits_is_dropped_and_said_so(fetcher: Fetcher):
    async with (
        receiving(0) as receiver,
        Deliverer(fetcher, limit=8 * 1024, limit_each=3) as deliverer,
    ):
        taken = [deliverer.send(Webhook("one", receiver.url), b"{}") for _ in range(5)]
        assert taken == [True, True, True, False, False]
        assert not deliverer.send(Webhook("other", receiver.url), b"x" * 8 * 1024)
        assert deliverer.counts.dropped == 3
        receiver.let_go.set()
        await until(deliverer, delivered=3, dropped=3)
        assert deliverer.send(Webhook("other", receiver.url), b"x" * 4 * 1024)


async def test_a_configuration_that_was_deleted_gets_nothing_more(fetcher: Fetcher):
    async with receiving(0) as receiver, Deliverer(fetcher) as deliverer:
        for _ in range(3):
            deliverer.send(Webhook("task/config", receiver.url), b"old")
        await receiver.got(1)
        deliverer.forget("task/config")
        deliverer.forget("task/config")
        deliverer.send(Webhook("task/config", receiver.url), b"new")
        assert await receiver.got(2) == [b"old", b"new"]


async def test_close_lets_what_waits_arrive(fetcher: Fetcher):
    async with receiving() as receiver:
        async with Deliverer(fetcher) as deliverer:
            for _ in range(20):
                deliverer.send(Webhook("task/config", receiver.url), b"{}")
        assert len(receiver.bodies) == 20


async def test_close_does_not_wait_for_a_webhook_that_hangs(fetcher: Fetcher):
    async with receiving(0) as receiver:
        deliverer = Deliverer(fetcher)
        for _ in range(3):
            deliverer.send(Webhook("task/config", receiver.url), b"{}")
        await receiver.got(1)
        async with asyncio.timeout(5):
            await deliverer.close(patience=0.05)
        assert deliverer.counts.dropped == 3
        assert not deliverer.send(Webhook("task/config", receiver.url), b"late")


async def test_logs_name_the_configuration_and_the_host_and_no_secret(fetcher: Fetcher):
    async with receiving(403, 500) as receiver, Deliverer(fetcher, backoff=Backoff(1)) as deliverer:
        url = receiver.url.replace("//", "//user:pa55@") + "path-s3cret?key=s3cret"
        webhook = Webhook("task/config", url, token="s3cret", scheme="Basic", credentials="s3cret")
        with capture_logs() as logs:
            deliverer.send(webhook, b"s3cret")
            deliverer.send(webhook, b"s3cret")
            await until(deliverer, dropped=2)
    assert [entry["configuration"] for entry in logs] == ["task/config"] * 2
    assert logs[0]["host"] in receiver.url
    assert "s3cret" not in repr(logs) + repr(webhook)
    assert "pa55" not in repr(logs) + repr(webhook)
