"""Identifiers and the names in them: `urn:air:<publisher>:<namespace…>:<name>`."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from agentia_registry.errors import RequestInvalid

RESERVED = frozenset({"mesh", "agents", "registry", "healthz", "readyz", "metrics", "well-known"})
"""Names that are paths of the gateway."""
MAX_IDENTIFIER = 512
MAX_URL = 2048

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_IDENTIFIER = re.compile(
    r"urn:air:(?P<publisher>[a-z0-9][a-z0-9.-]{0,252})(?::[a-z0-9][a-z0-9._-]{0,62})+:(?P<name>[^:]+)"
)
_REPLICA = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def checked_name(name: str) -> str:
    """The name itself. Raises ``RequestInvalid`` when no agent may be called so."""
    if not _NAME.fullmatch(name):
        raise RequestInvalid(
            f"{name[:80]!r} is no name: use at most 63 lower-case letters, digits and hyphens."
        )
    if name in RESERVED:
        raise RequestInvalid(f"The name {name!r} is reserved; choose another.")
    return name


def parsed(identifier: str) -> tuple[str, str]:
    """(publisher, name) of an identifier. Raises ``RequestInvalid`` for anything else."""
    found = _IDENTIFIER.fullmatch(identifier) if len(identifier) <= MAX_IDENTIFIER else None
    if found is None:
        raise RequestInvalid(
            f"{identifier[:80]!r} is no identifier: it has the form urn:air:<publisher>:<namespace>:<name>."
        )
    return found["publisher"], checked_name(found["name"])


def checked_replica(replica: str) -> str:
    """The id of a replica itself. Raises ``RequestInvalid`` when it is none."""
    if not _REPLICA.fullmatch(replica):
        raise RequestInvalid("A replica's id has at most 64 letters, digits, dots, hyphens and underscores.")
    return replica


def checked_address(address: str) -> str:
    """The base URL of a replica itself. Raises ``RequestInvalid`` when it is none."""
    if len(address) > MAX_URL or not is_web(address) or not address.endswith("/"):
        raise RequestInvalid("The address of a replica begins with http:// or https:// and ends with /.")
    return address


def is_web(url: str) -> bool:
    """Whether a URL is one of the web, names a host and carries no credentials."""
    try:
        parts = urlsplit(url)
        _ = parts.port
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def name_of(title: str) -> str:
    """A name made from a card's name: ``Route Planner (beta)`` is ``route-planner-beta``.

    Raises:
        RequestInvalid: nothing is left of it, or what is left is reserved; the caller has to give a name.
    """
    flat = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", flat).strip("-")[:63].rstrip("-")
    if not slug or slug in RESERVED:
        raise RequestInvalid(
            f"No name can be made from the card's name {title[:80]!r}; give one with `name`."
        )
    return slug


def publisher_of(url: str) -> str:
    """The publisher of a foreign agent: the host that its card came from."""
    host = (urlsplit(url).hostname or "").lower().rstrip(".")
    return re.sub(r"[^a-z0-9.-]", "-", host).lstrip(".-")[:253] or "unknown"


def foreign_identifier(url: str, name: str) -> str:
    """The identifier of an agent that joined by URL."""
    return f"urn:air:{publisher_of(url)}:agents:{name}"
