"""Who calls: a passport of this mesh, a key, or anybody on loopback; and the passport for the next hop."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace

from agentia_fabric.errors import HopsExhausted, PassportError
from agentia_fabric.identity import HEADER, LOCAL, Passport, Passports, Principal
from agentia_gateway.errors import ChainRefused, KeyMissing

SERVICE = "gateway"
"""Our own name in passports."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who calls. ``passport`` is there when an agent of this mesh calls on in the course of a task."""

    principal: Principal
    passport: Passport | None = None

    @property
    def owner(self) -> str:
        """The ledger's name for the principal."""
        return self.principal.owner

    @property
    def root(self) -> str:
        """The task in whose course the call is made; empty when there is none."""
        return self.passport.root if self.passport else ""

    @property
    def chain(self) -> tuple[str, ...]:
        """The agents that the call came through."""
        hops = self.passport.hops if self.passport else ()
        return tuple(hop for hop in hops if hop != SERVICE)


class Gatekeeper:
    """Tells callers apart. ``key`` None: everybody is :data:`LOCAL`, as on loopback."""

    def __init__(self, passports: Passports, key: str | None) -> None:
        self._passports = passports
        self._key = key.encode() if key else None

    def admit(self, headers: Mapping[str, str]) -> Identity:
        """Who sent these headers.

        Raises:
            KeyMissing: the key is missing or wrong, or the passport is not one of ours.
        """
        if HEADER in headers:
            try:
                passport = self._passports.open(headers[HEADER], SERVICE)
            except PassportError as refused:
                raise KeyMissing(str(refused)) from None
            return Identity(passport.principal, passport)
        if self._key is not None and not hmac.compare_digest(_key(headers), self._key):
            raise KeyMissing("This mesh wants its key: send it as `Authorization: Bearer KEY`.")
        return Identity(LOCAL)

    def headers(self, identity: Identity, audience: str) -> dict[str, str]:
        """The header ``Agentia-Principal`` for a call to an agent, or to the registry.

        Raises:
            ChainRefused: the chain of calls is too deep, made too many calls, or has the agent in it already.
        """
        return {HEADER: self._passports.seal(self._next(identity, audience))}

    def _next(self, identity: Identity, agent: str) -> Passport:
        inbound = identity.passport
        if inbound is None:
            return Passport.issue(identity.principal, agent, by=SERVICE)
        chain = " → ".join((*identity.chain, agent))
        if agent in identity.chain:
            raise ChainRefused(f"An agent may not call itself through others: {chain}.", chain=chain)
        if inbound.calls < 1:
            raise ChainRefused(f"The calls that this task may make are used up: {chain}.", chain=chain)
        try:
            passport = inbound.delegate(SERVICE, agent)
        except HopsExhausted:
            raise ChainRefused(f"The chain of calls is too deep: {chain}.", chain=chain) from None
        return replace(passport, calls=inbound.calls - 1)


def _key(headers: Mapping[str, str]) -> bytes:
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    given = credentials.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")
    return given.encode("utf-8", "replace")
