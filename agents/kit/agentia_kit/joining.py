"""How an agent becomes known: to the registry of the settings, or of the mesh that runs on this data."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

from a2a.types.a2a_pb2 import AgentCard
from google.protobuf.json_format import MessageToDict

from agentia_fabric.directory.client import RegistryClient
from agentia_fabric.directory.registrar import Registrar
from agentia_fabric.directory.wire import Registration
from agentia_fabric.http.client import client
from agentia_fabric.identity import Passports
from agentia_fabric.secret import read_or_create
from agentia_fabric.settings import MeshSettings


def registry_url(settings: MeshSettings) -> str | None:
    """The registry's base URL; None when there is no mesh to join."""
    return settings.registry or _running_registry(settings.data / "run.json")


class Membership:
    """Known to a registry from its start to its end; a registry that is down is tried until it is there."""

    def __init__(
        self, settings: MeshSettings, registry: str, identifier: str, name: str, card: AgentCard, address: str
    ) -> None:
        self._settings = settings
        self._registry = registry
        self._identifier = identifier
        self._name = name
        self._registration = Registration(card=MessageToDict(card), address=address)
        self._registrar: Registrar | None = None
        self._arrived = False

    def waiting(self) -> Sequence[str]:
        """For `/readyz`: the registry, until it has answered once."""
        if self._registrar is not None and self._registrar.registered.is_set():
            self._arrived = True
        return () if self._arrived else (f"the registry at {self._registry}",)

    def show(self, card: AgentCard) -> None:
        """Let the registry know the card as it is now."""
        self._registration = self._registration.model_copy(update={"card": MessageToDict(card)})
        if self._registrar is not None:
            self._registrar.update(self._registration)

    @contextlib.asynccontextmanager
    async def lasting(self) -> AsyncGenerator[None]:
        """Registered while the block runs."""
        secret = read_or_create(self._settings.data / "agents" / f"{self._name}.secret")
        mesh = self._settings.secret
        passports = Passports(mesh.get_secret_value()) if mesh else None
        async with client() as http:
            directory = RegistryClient(self._registry, http, passports=passports, caller=self._name)
            async with Registrar(directory, self._identifier, self._registration, secret=secret) as registrar:
                self._registrar = registrar
                yield


def _running_registry(run: Path) -> str | None:
    """What a running mesh wrote down of its registry."""
    try:
        written = json.loads(run.read_text(encoding="utf-8"))
        os.kill(written["pid"], 0)
        return next(service["url"] for service in written["services"] if service["name"] == "registry")
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None
