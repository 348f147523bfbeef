"""How an agent becomes known: to the registry of the settings, or of the mesh that runs on this data."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import AsyncGenerator
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


@contextlib.asynccontextmanager
async def registered(
    settings: MeshSettings, registry: str, identifier: str, name: str, card: AgentCard, address: str
) -> AsyncGenerator[Registrar]:
    """Known to the registry while the block runs; a registry that is down is tried until it is there."""
    secret = read_or_create(settings.data / "agents" / f"{name}.secret")
    passports = Passports(settings.secret.get_secret_value()) if settings.secret else None
    registration = Registration(card=MessageToDict(card), address=address)
    async with client() as http:
        directory = RegistryClient(registry, http, passports=passports, caller=name)
        async with Registrar(directory, identifier, registration, secret=secret) as registrar:
            yield registrar


def _running_registry(run: Path) -> str | None:
    """What a running mesh wrote down of its registry."""
    try:
        written = json.loads(run.read_text(encoding="utf-8"))
        os.kill(written["pid"], 0)
        return next(service["url"] for service in written["services"] if service["name"] == "registry")
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None
