"""How services and agents speak with the registry.

    registry = RegistryClient("http://127.0.0.1:8081/", http)
    found = await registry.find(Find(text="Which region sold most?"))

An agent that wants to stay registered uses :class:`agentia_fabric.directory.registrar.Registrar`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

import httpx2
import orjson
from pydantic import BaseModel, ValidationError

from agentia_fabric.directory.watching import WatchEvent, watch
from agentia_fabric.directory.wire import (
    SECRET_HEADER,
    AgentList,
    AgentRecord,
    Find,
    Found,
    Granted,
    Join,
    Outcome,
    Problem,
    Registration,
)
from agentia_fabric.errors import RegistryRefused, RegistryUnreachable
from agentia_fabric.identity import HEADER, LOCAL, Passport, Passports

if TYPE_CHECKING:
    from collections.abc import Mapping

Answer = TypeVar("Answer", bound=BaseModel)

CALL_SECONDS = 5.0
JOIN_SECONDS = 30.0
"""A join fetches a card from somebody else's machine."""


class RegistryClient:
    """One registry. A call that does not succeed raises ``RegistryUnreachable`` or ``RegistryRefused``.

    ``url`` ends with ``/``. ``passports`` and ``caller`` (a service's name) are for registries on another
    machine: they take writes only with the header ``Agentia-Principal``. ``audience`` is whose address
    ``url`` is: ``gateway`` for ``…/mesh/registry/``, which makes a passport of its own for the registry.
    """

    def __init__(
        self,
        url: str,
        http: httpx2.AsyncClient,
        *,
        passports: Passports | None = None,
        caller: str = "",
        audience: str = "registry",
    ) -> None:
        self.url = url if url.endswith("/") else f"{url}/"
        self._http = http
        self._passports = passports
        self._caller = caller
        self._audience = audience

    async def register(
        self, identifier: str, replica: str, registration: Registration, secret: str
    ) -> Granted:
        """Register a replica, or replace what is known of it; it lives for ``Granted.expires_in`` seconds."""
        path = _path("registrations", identifier, replica)
        raw = await self._call("PUT", path, registration, headers={SECRET_HEADER: secret})
        return _read(Granted, raw)

    async def renew(self, identifier: str, replica: str, secret: str) -> Granted:
        """Keep a replica alive; refused with 404 when it has to register again."""
        path = _path("registrations", identifier, replica, "renewal")
        return _read(Granted, await self._call("POST", path, headers={SECRET_HEADER: secret}))

    async def leave(self, identifier: str, replica: str, secret: str) -> None:
        """Take a replica out; no error when it is gone already."""
        path = _path("registrations", identifier, replica)
        await self._call("DELETE", path, headers={SECRET_HEADER: secret})

    async def join(self, url: str, name: str | None = None) -> AgentRecord:
        """Register a foreign agent by the URL of its card, or of the place where its card lies."""
        raw = await self._call("POST", "registrations", Join(url=url, name=name), seconds=JOIN_SECONDS)
        return _read(AgentRecord, raw)

    async def remove(self, agent: str) -> None:
        """Take an agent out, by name or identifier: a foreign one, or all replicas of one of ours."""
        await self._call("DELETE", _path("registrations", agent))

    async def agents(self) -> AgentList:
        """All agents that are registered."""
        return _read(AgentList, await self._call("GET", "registrations"))

    async def agent(self, agent: str) -> AgentRecord:
        """One agent, by name or identifier."""
        return _read(AgentRecord, await self._call("GET", _path("registrations", agent)))

    async def find(self, find: Find) -> Found:
        """The agents that can do something, best first."""
        return _read(Found, await self._call("POST", "find", find))

    async def report(self, outcomes: Sequence[Outcome]) -> None:
        """Tell how tasks ended, for search to learn from."""
        body = orjson.dumps([outcome.model_dump() for outcome in outcomes])
        await self._call("POST", "outcomes", body)

    def watch(self) -> AsyncGenerator[WatchEvent]:
        """Follow the directory for as long as the iteration lasts; it never ends by itself and never raises.

        Close it (``contextlib.aclosing``) when the iteration may end early.
        """
        return watch(self._http, f"{self.url}watch")

    async def _call(
        self,
        method: str,
        path: str,
        body: BaseModel | bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        seconds: float = CALL_SECONDS,
    ) -> bytes:
        try:
            answer = await self._http.request(
                method,
                self.url + path,
                content=body.model_dump_json() if isinstance(body, BaseModel) else body,
                headers={"content-type": "application/json", **self._principal(), **(headers or {})},
                timeout=seconds,
            )
        except httpx2.HTTPError as failure:
            reason = str(failure) or type(failure).__name__
            raise RegistryUnreachable(f"The registry at {self.url} does not answer: {reason}.") from failure
        if not answer.is_success:
            raise _refusal(answer)
        return answer.content

    def _principal(self) -> dict[str, str]:
        if self._passports is None:
            return {}
        return {HEADER: self._passports.seal(Passport.issue(LOCAL, self._audience, by=self._caller))}


def _path(*segments: str) -> str:
    return "/".join(quote(segment, safe="") for segment in segments)


def _read(model: type[Answer], raw: bytes) -> Answer:
    try:
        return model.model_validate_json(raw)
    except ValidationError as invalid:
        raise RegistryUnreachable("What answers in the registry's place is no registry.") from invalid


def _refusal(answer: httpx2.Response) -> RegistryRefused | RegistryUnreachable:
    try:
        problem = Problem.model_validate_json(answer.content)
    except ValidationError:
        return RegistryUnreachable(f"The registry answered {answer.status_code} without a reason.")
    if answer.status_code >= 500 and answer.status_code not in (502, 504):
        return RegistryUnreachable(problem.message)
    return RegistryRefused(answer.status_code, problem.code, problem.message, problem.details)
