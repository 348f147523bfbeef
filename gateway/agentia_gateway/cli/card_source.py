"""Where `card lint` gets a card: a file, the URL of the card, or the well-known paths below an address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from agentia_cards.reading import MAX_BYTES
from agentia_gateway.cli.failure import ExitCode, Failure
from agentia_gateway.cli.gateway import http_client

HTTP_OK = 200
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
    status = 0
    with http_client() as http:
        for url in candidates:
            status, document = _fetched(http, url)
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


def _fetched(http: httpx2.Client, url: str) -> tuple[int, bytes]:
    document = b""
    try:
        with http.stream("GET", url, headers={"Accept": "application/json"}) as response:
            for chunk in response.iter_bytes():
                document += chunk
                if len(document) > MAX_BYTES:
                    break
            return response.status_code, document[: MAX_BYTES + 1]
    except (httpx2.TransportError, httpx2.InvalidURL) as error:
        raise Failure(
            f"Nobody answers at {url}: {error}", "Is the agent running?", ExitCode.UNREACHABLE
        ) from None
