"""The header `Agentia-Principal`, as any service of the mesh may make and read it (docs/contracts.md)."""

import base64
import hmac
import json
import time

import pytest

from agentia_fabric.errors import PassportError
from agentia_fabric.identity import HEADER, LOCAL, MAX_AGE, Passport, Passports

SECRET = "shared by the mesh"


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_header_has_three_parts_the_last_of_which_seals_the_others() -> None:
    header = Passports(SECRET).seal(Passport.issue(LOCAL, "analyst", by="gateway"))
    version, payload, mac = header.split(".")
    assert HEADER == "Agentia-Principal"
    assert version == "v1"
    assert "=" not in header
    assert decoded(mac) == hmac.digest(SECRET.encode(), f"v1.{payload}".encode(), "sha256")


def test_the_payload_has_the_fields_of_the_contract() -> None:
    header = Passports(SECRET).seal(Passport.issue(LOCAL, "analyst", by="gateway", root="t1"))
    claims = json.loads(decoded(header.split(".")[1]))
    expires = claims.pop("exp")
    assert 0 < expires - time.time() <= MAX_AGE == 300
    assert claims == {
        "iss": "local",
        "sub": "local",
        "ten": "",
        "aud": "analyst",
        "hops": ["gateway"],
        "depth": 6,
        "calls": 64,
        "root": "t1",
    }


def test_an_agent_that_calls_on_adds_its_name_and_gives_one_hop_less() -> None:
    passports = Passports(SECRET)
    received = passports.open(passports.seal(Passport.issue(LOCAL, "planner", by="gateway")), "planner")
    onward = passports.open(passports.seal(received.delegate("planner", "gateway")), "gateway")
    assert (onward.principal, onward.hops, onward.depth) == (
        LOCAL,
        ("gateway", "planner"),
        received.depth - 1,
    )


def test_every_refusal_is_the_caller_s_fault_and_hints_its_status() -> None:
    for header in (None, "nonsense", Passports("other").seal(Passport.issue(LOCAL, "x", by="y"))):
        with pytest.raises(PassportError) as caught:
            Passports(SECRET).open(header, "analyst")
        assert caught.value.status == 401
