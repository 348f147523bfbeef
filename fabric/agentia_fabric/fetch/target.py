"""From a URL that somebody gave us to where it leads; whatever could be read in two ways is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address

import httpx2

from agentia_fabric.errors import FetchRefused

MAX_URL = 2048
LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
NAME = re.compile(rf"(?=.{{1,253}}$){LABEL}(\.{LABEL})*")
NUMERIC = re.compile(r"(.*\.)?([0-9]+|0x[0-9a-f]*)")
"""What a resolver may take for an IPv4 address in decimal, octal or hexadecimal (URL standard, 3.5)."""
PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Target:
    """A URL in the one form that is used from here on, by all."""

    url: httpx2.URL
    scheme: str
    host: str
    """A name in lower case, or an IP address without brackets."""
    port: int

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port."""
        return self.scheme, self.host, self.port


def target(url: str, base: httpx2.URL | None = None) -> Target:
    """Read a URL (relative to ``base``, if that is given).

    Raises:
        FetchRefused: it is no URL with http or https, or has a part that could be read in two ways.
    """
    if len(url) > MAX_URL:
        raise FetchRefused(url[:MAX_URL], f"The URL is longer than {MAX_URL} characters.")
    if "\\" in url or url != url.strip():
        raise FetchRefused(url, f"{url!r} is not a URL.")
    try:
        parsed = base.join(url) if base is not None else httpx2.URL(url)
    except httpx2.InvalidURL:
        raise FetchRefused(url, f"{url!r} is not a URL.") from None
    return _checked(parsed, url)


def _checked(parsed: httpx2.URL, url: str) -> Target:
    if parsed.scheme not in PORTS:
        raise FetchRefused(url, f"{url!r} does not begin with https://.")
    if parsed.userinfo:
        raise FetchRefused(url, "A URL with a user name or password in it is not fetched.")
    host = parsed.raw_host.decode("ascii").lower()
    if not _is_address(host) and (NUMERIC.fullmatch(host) or not NAME.fullmatch(host)):
        raise FetchRefused(url, f"{host!r} is neither a name nor an address in its usual form.")
    port = PORTS[parsed.scheme] if parsed.port is None else parsed.port
    if port not in PORTS.values() and not 1024 <= port <= 65535:
        raise FetchRefused(url, f"Port {port} is not one for HTTP.")
    return Target(parsed.copy_with(fragment=None), parsed.scheme, host, port)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    # An IPv6 zone would choose one of our network interfaces.
    return "%" not in host
