"""Who a call is made for: the header ``Agentia-Principal`` (docs/contracts.md, "Principal").

A passport names the principal, the service it is meant for, the chain of services the call came through and
what is left of its budget. It is sealed with the mesh's secret (HMAC-SHA-256), so any service of the mesh can
check it, and make one of its own for the next call: :meth:`Passport.delegate`.
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Any

import orjson

from agentia_fabric.errors import (
    HopsExhausted,
    PassportExpired,
    PassportInvalid,
    PassportMisdirected,
    PassportMissing,
)

HEADER = "Agentia-Principal"
MAX_AGE = 300.0
"""Seconds that a passport may be valid at most."""
SKEW = 5.0
"""Seconds by which two clocks of one mesh may differ."""
MAX_LENGTH = 4096
"""Characters of a header that is looked at; a longer one is invalid."""
DEPTH = 6
CALLS = 64
CACHED = 1024


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever a task belongs to: ``subject`` as ``issuer`` knows it, within ``tenant`` (empty: the only)."""

    issuer: str
    subject: str
    tenant: str = ""

    @property
    def owner(self) -> str:
        """One string for the owner column of tables; different principals never share one."""
        return orjson.dumps([self.issuer, self.subject, self.tenant]).decode()


LOCAL = Principal("local", "local")
"""Whoever calls on loopback while no keys are configured."""


@dataclass(frozen=True, slots=True)
class Passport:
    """What travels with a call. ``expires`` is in seconds since the epoch."""

    principal: Principal
    audience: str
    """The service that is called: ``gateway``, ``registry``, or the agent's name."""
    expires: float
    hops: tuple[str, ...] = ()
    """The services that the call came through, the first one first."""
    depth: int = DEPTH
    """How many more hops there may be."""
    calls: int = CALLS
    """How many calls the root task may still make."""
    root: str = ""
    """The task that all of this is done for; empty when there is none yet."""

    @classmethod
    def issue(
        cls, principal: Principal, audience: str, *, by: str, root: str = "", age: float = MAX_AGE
    ) -> Passport:
        """A passport for a call that starts at ``by``; valid for ``age`` seconds, at most :data:`MAX_AGE`."""
        return cls(principal, audience, time.time() + min(age, MAX_AGE), hops=(by,), root=root)

    def delegate(
        self, by: str, audience: str, *, root: str | None = None, calls: int | None = None
    ) -> Passport:
        """The passport for a call that ``by`` makes in the course of this one; never worth more than it.

        Raises:
            HopsExhausted: the chain is as deep as it may get.
        """
        if self.depth < 1:
            raise HopsExhausted
        return replace(
            self,
            audience=audience,
            expires=time.time() + MAX_AGE,
            hops=(*self.hops, by),
            depth=self.depth - 1,
            calls=self.calls if calls is None else min(calls, self.calls),
            root=self.root or root or "",
        )


class Passports:
    """Seals and opens passports with the mesh's secret; safe to share within one event loop.

    Headers that were found good are remembered (at most :data:`CACHED`), since one caller sends the same
    one many times; audience and time are looked at anew for each call.
    """

    def __init__(self, secret: str) -> None:
        self._key = secret.encode()
        self._good: OrderedDict[str, Passport] = OrderedDict()

    def seal(self, passport: Passport) -> str:
        """The value of the header."""
        payload = _encode(orjson.dumps(_claims(passport)))
        return f"v1.{payload}.{self._mac(payload)}"

    def open(self, header: str | None, audience: str) -> Passport:
        """The passport that a caller sent to the service ``audience``.

        Raises:
            PassportMissing, PassportInvalid, PassportExpired, PassportMisdirected: told in this order.
        """
        if not header:
            raise PassportMissing
        passport = self._good.get(header) or self._verified(header)
        if not -SKEW <= passport.expires - time.time() <= MAX_AGE + SKEW:
            self._good.pop(header, None)
            raise PassportExpired
        if passport.audience != audience:
            raise PassportMisdirected(passport.audience)
        return passport

    def _verified(self, header: str) -> Passport:
        version, _, rest = header.partition(".")
        payload, _, mac = rest.partition(".")
        if version != "v1" or len(header) > MAX_LENGTH or not header.isascii():
            raise PassportInvalid
        if not hmac.compare_digest(mac, self._mac(payload)):
            raise PassportInvalid
        passport = _passport(payload)
        self._good[header] = passport
        if len(self._good) > CACHED:
            self._good.popitem(last=False)
        return passport

    def _mac(self, payload: str) -> str:
        return _encode(hmac.digest(self._key, b"v1." + payload.encode(), hashlib.sha256))


def _claims(passport: Passport) -> dict[str, Any]:
    who = passport.principal
    return {
        "iss": who.issuer,
        "sub": who.subject,
        "ten": who.tenant,
        "aud": passport.audience,
        "exp": passport.expires,
        "hops": passport.hops,
        "depth": passport.depth,
        "calls": passport.calls,
        "root": passport.root,
    }


def _passport(payload: str) -> Passport:
    try:
        claims = orjson.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return Passport(
            Principal(str(claims["iss"]), str(claims["sub"]), str(claims["ten"])),
            audience=str(claims["aud"]),
            expires=float(claims["exp"]),
            hops=tuple(str(hop) for hop in claims["hops"]),
            depth=int(claims["depth"]),
            calls=int(claims["calls"]),
            root=str(claims["root"]),
        )
    except (binascii.Error, ValueError, KeyError, TypeError):
        raise PassportInvalid from None


def _encode(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
