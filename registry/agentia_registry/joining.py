"""Join by URL: an agent that knows nothing of us is looked at and taken in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from agentia_cards.fields import mapping, objects, text
from agentia_cards.lint import Finding, Severity
from agentia_cards.model import Card
from agentia_fabric.directory.wire import Join
from agentia_fabric.errors import FetchError, FetchRefused, FetchTooLarge
from agentia_fabric.fetch import CARD_LIMIT, Fetcher
from agentia_fabric.mesh_id import EXTENSION
from agentia_registry.agent import Agent
from agentia_registry.checked_card import CheckedCard, checked
from agentia_registry.errors import AddressRefused, CardInvalid, CardUnreachable, MeshItself, RequestInvalid
from agentia_registry.names import MAX_URL, checked_name, foreign_identifier, is_web, name_of
from agentia_registry.registrations import Registrations

WELL_KNOWN = (".well-known/agent-card.json", ".well-known/agent.json")
FETCH_SECONDS = 8.0
"""For one place; at most three are tried."""


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card that can be used, and the URL where it was found."""

    url: str
    card: CheckedCard

    @property
    def base(self) -> str:
        """Where the agent lives, ending with ``/``: its card's URL up to the well-known part."""
        return urljoin(self.url.partition(".well-known/")[0], ".")


class Joining:
    """Fetches through the safe fetcher and nothing else. ``mesh``: our own id, None when it is not known."""

    def __init__(self, fetcher: Fetcher, registrations: Registrations, mesh: str | None = None) -> None:
        self._fetcher = fetcher
        self._mesh = mesh
        self._registrations = registrations

    async def join(self, join: Join) -> Agent:
        """Take in the agent whose card is at a URL, or at the well-known places under it.

        Raises:
            AddressRefused, CardUnreachable, CardInvalid: of the card.
            RequestInvalid, NameTaken, Full: of the URL or the name.
            MeshItself: the card is this mesh's own.
        """
        if len(join.url) > MAX_URL or not is_web(join.url):
            raise RequestInvalid("The URL of an agent begins with http:// or https:// and names a host.")
        name = None if join.name is None else checked_name(join.name)
        found = await self.look(join.url)
        if self._mesh is not None and _mesh_of(found.card.card) == self._mesh:
            raise MeshItself("This is the mesh itself: its agents are here already.")
        identifier = foreign_identifier(found.url, name or name_of(found.card.card.name))
        return await self._registrations.adopt(identifier, found.url, found.base, found.card)

    async def look(self, url: str) -> FoundCard:
        """Find the card: at the URL itself, else at the well-known places under it.

        Raises what :meth:`at` raises.
        """
        plain = url.partition("#")[0].partition("?")[0]
        under = plain if plain.endswith("/") else f"{plain}/"
        failure: CardInvalid | CardUnreachable | None = None
        for place in (url, *(under + place for place in WELL_KNOWN)):
            try:
                return await self.at(place)
            except CardInvalid as invalid:
                if not invalid.unreadable:
                    raise
                if place.endswith(".json"):
                    failure = failure or invalid
            except CardUnreachable as unreachable:
                if unreachable.nobody:
                    raise
        raise failure or CardUnreachable(
            f"There is no agent card at {url}, nor at {' or '.join(WELL_KNOWN)} under it."
        )

    async def at(self, url: str) -> FoundCard:
        """The card at just this URL.

        Raises:
            AddressRefused, CardUnreachable, CardInvalid: see :mod:`agentia_registry.errors`.
        """
        try:
            answer = await self._fetcher.get(
                url, limit=CARD_LIMIT, timeout=FETCH_SECONDS, headers={"accept": "application/json"}
            )
        except FetchRefused as refused:
            raise AddressRefused(str(refused)) from refused
        except FetchTooLarge as large:
            raise CardInvalid([Finding(Severity.ERROR, "$", "card-unreadable", str(large), "")]) from large
        except FetchError as error:
            raise CardUnreachable(str(error), nobody=True) from error
        if answer.status != 200:
            raise CardUnreachable(f"{url} answers with status {answer.status}.")
        return FoundCard(answer.url, checked(answer.body, answer.url))


def _mesh_of(card: Card) -> str:
    """The id of the mesh whose card it is; empty for an agent's."""
    for extension in objects(mapping(card.raw, "capabilities"), "extensions"):
        if text(extension, "uri") == EXTENSION:
            return text(mapping(extension, "params"), "id")
    return ""
