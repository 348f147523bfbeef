"""A card as the gateway shows it: the same agent, behind the gateway's origin.

Strict clients refuse a card that names another host than the one it came from, so every URL at which the
agent could be called is replaced by the gateway's. Links for people (documentation, icon, provider) stay when
they lead elsewhere, and go when they lead to the agent's own address, which the reader cannot reach.
The agent's signature does not cover the new URLs and is removed; the gateway may add its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from agentia_cards.fields import mapping, objects, text
from agentia_cards.model import HTTP_JSON, JSONRPC, Card
from agentia_cards.reading import Json

PROXIED_BINDINGS = frozenset({JSONRPC, HTTP_JSON})
"""What the gateway passes on."""

_LINKS = ("documentationUrl", "iconUrl")


def rewritten(
    card: Mapping[str, Any],
    base_url: str,
    bindings: Collection[str] = PROXIED_BINDINGS,
    own_addresses: Collection[str] = (),
) -> Json:
    """The card with every URL of the agent replaced by `base_url`, which ends with `/`.

    Interfaces of other bindings than `bindings` are left out, as are the tenants of the interfaces: the
    gateway fills them in. `own_addresses` are further URLs at which the agent listens. The card given is not
    changed; a card that has no interface left has an empty list of them.
    """
    origins = _origins(card, own_addresses)
    shown = {name: value for name, value in card.items() if name != "signatures"}
    for rewrite in (_interfaces, _legacy_interfaces):
        rewrite(shown, base_url, bindings)
    for name in _LINKS:
        if _origin(text(shown, name)) in origins:
            del shown[name]
    provider = mapping(shown, "provider")
    if _origin(text(provider, "url")) in origins:
        shown["provider"] = {**provider, "url": base_url}
    return shown


def _interfaces(shown: Json, base_url: str, bindings: Collection[str]) -> None:
    if "supportedInterfaces" not in shown:
        return
    shown["supportedInterfaces"] = [
        {name: value for name, value in entry.items() if name != "tenant"} | {"url": base_url}
        for entry in objects(shown, "supportedInterfaces")
        if text(entry, "protocolBinding") in bindings
    ]


def _legacy_interfaces(shown: Json, base_url: str, bindings: Collection[str]) -> None:
    """The 0.3 fields. When the main URL's transport is not proxied, the first one that is takes its place."""
    if "url" not in shown:
        shown.pop("additionalInterfaces", None)
        return
    main = text(shown, "preferredTransport") or JSONRPC
    additional = objects(shown, "additionalInterfaces")
    transports = [main, *(text(entry, "transport") for entry in additional)]
    proxied = [transport for transport in dict.fromkeys(transports) if transport in bindings]
    if not proxied:
        for name in ("url", "preferredTransport", "additionalInterfaces"):
            shown.pop(name, None)
        return
    shown["url"] = base_url
    shown["preferredTransport"] = proxied[0]
    if additional:
        shown["additionalInterfaces"] = [{"url": base_url, "transport": name} for name in proxied]


def _origins(card: Mapping[str, Any], own_addresses: Collection[str]) -> frozenset[str]:
    urls = [interface.url for interface in Card.read(card).interfaces]
    return frozenset(_origin(url) for url in (*urls, *own_addresses)) - {""}


def _origin(url: str) -> str:
    """`host:port` in lower case; empty for what is no URL. gRPC addresses have no scheme."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 443)
    except ValueError:
        return ""
    return f"{parts.hostname.lower()}:{port}" if parts.hostname else ""
