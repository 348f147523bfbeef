"""The addresses in a card: where the agent answers, and links for people."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from agentia_cards.fields import mapping, objects, text
from agentia_cards.model import GRPC
from agentia_cards.reading import Json
from agentia_cards.rules.rule import Remark, Subject

_WEB = ("http", "https")


def not_absolute(subject: Subject) -> Iterator[Remark]:
    """Addresses that name no host; gRPC has `host:port` without a scheme."""
    for path, url, binding in _addresses(subject.card.raw):
        parts = _split(url if binding != GRPC or "//" in url else f"grpc://{url}")
        if url and not (parts and parts.scheme and parts.hostname):
            yield Remark(path, f"{url!r} is no absolute URL: write it whole, with https:// and the host.")


def with_credentials(subject: Subject) -> Iterator[Remark]:
    """Addresses that give away a user name or password to everybody who reads the card."""
    for path, url, _ in _addresses(subject.card.raw):
        parts = _split(url)
        if parts and (parts.username or parts.password):
            yield Remark(path, "Take the user name and password out of the URL; declare a security scheme.")


def foreign(subject: Subject) -> Iterator[Remark]:
    """Addresses on another host than the card came from: whoever wrote it may speak for somebody else."""
    if not subject.source_host:
        return
    for path, url, _ in _addresses(subject.card.raw):
        host = _host(url)
        if host and not _same_host(host, subject.source_host):
            message = (
                f"The card came from {subject.source_host}, this leads to {host}: serve both on one host."
            )
            yield Remark(path, message)


def wildcard(subject: Subject) -> Iterator[Remark]:
    """Addresses that a server listens on and nobody can call."""
    for path, url, _ in _addresses(subject.card.raw):
        if (address := _address(_host(url))) and address.is_unspecified:
            yield Remark(path, f"{address} is no address to call; write the host that clients use.")


def unencrypted(subject: Subject) -> Iterator[Remark]:
    """Plain http to another machine."""
    for path, url, _ in _addresses(subject.card.raw):
        parts = _split(url)
        if parts and parts.scheme == "http" and parts.hostname and not _is_loopback(parts.hostname.lower()):
            yield Remark(path, "Use https: what is sent over http can be read and changed on the way.")


def bad_link(subject: Subject) -> Iterator[Remark]:
    """Links for people that are no web addresses."""
    card = subject.card.raw
    links = [(f"$.{name}", text(card, name)) for name in ("documentationUrl", "iconUrl")]
    links.append(("$.provider.url", text(mapping(card, "provider"), "url")))
    for path, url in links:
        parts = _split(url)
        if url and not (parts and parts.scheme in _WEB and parts.hostname):
            yield Remark(path, f"{url!r} is no web address: write it whole, with https:// and the host.")


def undeclared_main(subject: Subject) -> Iterator[Remark]:
    """A 0.3 URL that the 1.0 interfaces do not name: signatures do not cover it."""
    card = subject.card.raw
    declared = {text(entry, "url") for entry in objects(card, "supportedInterfaces")}
    if declared and (url := text(card, "url")) and url not in declared:
        yield Remark("$.url", "Clients of 0.3 are sent elsewhere: name this URL in supportedInterfaces, too.")


def _addresses(card: Json) -> Iterator[tuple[str, str, str]]:
    """(path, URL, binding) of every place at which the agent says that it answers."""
    for number, entry in enumerate(objects(card, "supportedInterfaces")):
        yield f"$.supportedInterfaces[{number}].url", text(entry, "url"), text(entry, "protocolBinding")
    if "url" in card:
        yield "$.url", text(card, "url"), text(card, "preferredTransport")
    for number, entry in enumerate(objects(card, "additionalInterfaces")):
        yield f"$.additionalInterfaces[{number}].url", text(entry, "url"), text(entry, "transport")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _host(url: str) -> str:
    parts = _split(url if "//" in url else f"//{url}")
    return (parts.hostname or "").lower() if parts else ""


def _same_host(host: str, other: str) -> bool:
    return host == other or (_is_loopback(host) and _is_loopback(other))


def _is_loopback(host: str) -> bool:
    """Whether a host is this machine; the wildcard addresses lead there too."""
    address = _address(host)
    if address is None:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
