"""One attempt to deliver one notification, and what it means for the next."""

from __future__ import annotations

from dataclasses import dataclass

from agentia_fabric.errors import FetchError, FetchRefused, FetchTooLarge
from agentia_fabric.fetch import Fetched, Fetcher
from agentia_fabric.push.webhook import Webhook

ANSWER_LIMIT = 64 * 1024
"""Bytes of an answer that are read; nothing in it matters but its status."""
PASSING = frozenset({408, 425, 429})
"""Refusals that a later attempt may not meet; all of 500 to 599 are so too."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The receiver has it."""


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not arrive, but may the next time; ``after`` is how many seconds the receiver asks for."""

    reason: str
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never arrive."""

    reason: str


Outcome = Delivered | Failed | Refused


async def attempt(
    fetcher: Fetcher, webhook: Webhook, body: bytes, *, content_type: str, timeout: float
) -> Outcome:
    """Send a notification once. The reasons hold neither the URL nor a secret."""
    try:
        headers = {"Content-Type": content_type, **webhook.headers()}
        answer = await fetcher.post(webhook.url, body, headers=headers, limit=ANSWER_LIMIT, timeout=timeout)
    except ValueError as error:
        return Refused(str(error))
    except (FetchRefused, FetchTooLarge) as error:
        return Refused(type(error).__name__)
    except FetchError as error:
        return Failed(type(error).__name__)
    return _judged(answer)


def _judged(answer: Fetched) -> Outcome:
    if 200 <= answer.status < 300:
        return Delivered()
    reason = f"HTTP {answer.status}"
    if answer.status in PASSING or answer.status >= 500:
        wanted = answer.headers.get("retry-after", "")
        return Failed(reason, float(wanted) if wanted.isascii() and wanted.isdigit() else 0.0)
    return Refused(reason)
