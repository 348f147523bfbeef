"""Which of its addresses the gateway shows to whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.requests import Request

from agentia_fabric.directory.client import RegistryClient
from agentia_fabric.directory.wire import Find
from agentia_fabric.errors import RegistryRefused
from agentia_fabric.identity import Passports
from agentia_gateway.front.origin import Origin
from agentia_testing.small_mesh import small_mesh

PUBLIC, INSIDE = "https://mesh.example/", "http://gateway:8000/"


def request(host: str) -> Request:
    headers = [(b"host", host.encode())]
    return Request({"type": "http", "scheme": "http", "path": "/", "query_string": b"", "headers": headers})


@pytest.mark.parametrize(
    ("origin", "host", "shown"),
    [
        (Origin(None), "localhost:8080", "http://localhost:8080/"),
        (Origin(PUBLIC), "anything.example", PUBLIC),
        (Origin(PUBLIC, INSIDE), "gateway:8000", INSIDE),
        (Origin(PUBLIC, INSIDE), "gateway:8001", PUBLIC),
        (Origin(PUBLIC, INSIDE), "evil.example", PUBLIC),
    ],
)
def test_a_caller_is_shown_the_address_that_works_for_it(origin: Origin, host: str, shown: str) -> None:
    assert origin.mesh(request(host)) == shown
    assert origin.agent(request(host), "analyst") == f"{shown}agents/analyst/"


async def test_agents_of_the_mesh_reach_the_registry_here_without_a_key(
    tmp_path: Path,
) -> None:
    secret = "shared by the mesh"
    async with small_mesh(tmp_path, api_key="callers' key", secret=secret) as mesh:
        through = f"{mesh.url}mesh/registry/"
        ours = RegistryClient(
            through, mesh.http, passports=Passports(secret), caller="planner", audience="gateway"
        )
        assert (await ours.find(Find(text="anything"))).capable == []
        with pytest.raises(RegistryRefused, match="key"):
            await RegistryClient(through, mesh.http).find(Find(text="anything"))
