"""Where `card lint` gets a card: a file, the URL of the card, or the well-known paths below an address."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from agentia_cards.reading import MAX_BYTES
from agentia_fabric.errors import FetchError, FetchRefused, FetchTooLarge
from agentia_fabric.fetch import Fetcher
from agentia_fabric.networks import LOOPBACK, Networks
from agentia_fabric.settings import MeshSettings
from agentia_gateway.cli.failure import ExitCode, Failure

HTTP_OK = 200
SECONDS = 20.0
"""For one address, names and redirects included."""
WELL_KNOWN = (".well-known/agent-card.json", ".well-known/agent.json")


@dataclass(frozen=True, slots=True)
class CardSource:
    """A card as bytes; `url` is where it was fetched from, empty for a file."""

    document: bytes
    url: str = ""


def read_card(where: str) -> CardSource:
    """The card in a file or at a URL; one byte more than a card may have is read at most.

    Raises:
        Failure: there is no such file, or nobody answers with a card.
    """
    if not where.startswith(("http://", "https://")):
        return CardSource(_from_file(Path(where)))
    if urlsplit(where).path.endswith(".json"):
        candidates = [where]
    else:
        base = where if where.endswith("/") else f"{where}/"
        candidates = [f"{base}{path}" for path in WELL_KNOWN]
    return asyncio.run(_first_of(candidates))


async def _first_of(candidates: list[str]) -> CardSource:
    status = 0
    # Who types an address of this machine means it.
    allow = Networks((*MeshSettings.read().fetch_allow.members, *LOOPBACK))
    async with Fetcher(allow) as fetcher:
        for url in candidates:
            status, document = await _fetched(fetcher, url)
            if status == HTTP_OK:
                return CardSource(document, url)
    raise Failure(
        f"There is no card at {candidates[-1]}: HTTP {status}.", "Name the card's own URL, or a file."
    )


def _from_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Failure(f"{path} cannot be read: {reason}.", code=ExitCode.USAGE) from None


async def _fetched(fetcher: Fetcher, url: str) -> tuple[int, bytes]:
    try:
        answer = await fetcher.get(
            url, limit=MAX_BYTES, timeout=SECONDS, headers={"Accept": "application/json"}
        )
    except FetchTooLarge:
        raise Failure(f"What lies at {url} is over {MAX_BYTES} bytes: a card may have no more.") from None
    except FetchRefused as error:
        raise Failure(
            str(error), "AGENTIA_FETCH_ALLOW names private networks that may be reached.", ExitCode.USAGE
        ) from None
    except FetchError as error:
        raise Failure(
            f"Nobody answers at {url}: {error}", "Is the agent running?", ExitCode.UNREACHABLE
        ) from None
    return answer.status, answer.body
