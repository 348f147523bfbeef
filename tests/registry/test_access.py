"""Who may write to a registry: this machine, and whoever has a passport of the mesh."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from agentia_fabric.identity import HEADER, LOCAL, Passport, Passports
from agentia_registry.access import Access
from agentia_registry.errors import PrincipalNeeded

PASSPORTS = Passports("the mesh's secret")


def request(host: str, header: str | None = None) -> Request:
    headers = [(HEADER.lower().encode(), header.encode())] if header else []
    return Request({"type": "http", "client": (host, 5), "headers": headers})


def sealed(audience: str, passports: Passports = PASSPORTS) -> str:
    return passports.seal(Passport.issue(LOCAL, audience, by="analyst"))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1"])
def test_this_machine_may_write(host: str):
    Access(PASSPORTS).may_write(request(host))
    Access(None).may_write(request(host))


def test_another_machine_with_a_passport_for_the_registry_may_write():
    Access(PASSPORTS).may_write(request("192.0.2.7", sealed("registry")))


@pytest.mark.parametrize(
    "header", [None, "v1.x.y", sealed("gateway"), sealed("registry", Passports("another mesh's secret"))]
)
def test_another_machine_without_one_may_not(header: str | None):
    with pytest.raises(PrincipalNeeded):
        Access(PASSPORTS).may_write(request("192.0.2.7", header))


def test_without_a_secret_nobody_else_may():
    with pytest.raises(PrincipalNeeded, match="AGENTIA_SECRET"):
        Access(None).may_write(request("192.0.2.7", sealed("registry")))
