import base64
import hmac
import json
import time

import pytest

from agentia_fabric.errors import (
    HopsExhausted,
    PassportExpired,
    PassportInvalid,
    PassportMisdirected,
    PassportMissing,
)
from agentia_fabric.identity import CACHED, LOCAL, Passport, Passports, Principal

SECRET = "a secret of the mesh"


def sealed(audience: str = "analyst", **changes: object) -> str:
    """A header made by hand, as the contract describes it."""
    claims: dict[str, object] = {
        "iss": "local",
        "sub": "local",
        "ten": "",
        "aud": audience,
        "exp": time.time() + 60,
        "hops": ["gateway"],
        "depth": 6,
        "calls": 64,
        "root": "",
    }
    return by_hand(json.dumps(claims | changes).encode())


def by_hand(payload: bytes) -> str:
    text = f"v1.{base64url(payload)}"
    return f"{text}.{base64url(hmac.digest(SECRET.encode(), text.encode(), 'sha256'))}"


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def test_a_header_made_as_the_contract_says_opens() -> None:
    passport = Passports(SECRET).open(sealed(root="t1", ten="acme"), "analyst")
    assert passport.principal == Principal("local", "local", "acme")
    assert (passport.hops, passport.depth, passport.calls, passport.root) == (("gateway",), 6, 64, "t1")


def test_what_is_sealed_opens_as_it_was() -> None:
    passport = Passport.issue(LOCAL, "analyst", by="gateway", root="t1")
    assert Passports(SECRET).open(Passports(SECRET).seal(passport), "analyst") == passport


def test_no_header_is_told_apart_from_a_wrong_one() -> None:
    with pytest.raises(PassportMissing):
        Passports(SECRET).open(None, "analyst")
    with pytest.raises(PassportMissing):
        Passports(SECRET).open("", "analyst")


def test_another_mesh_s_seal_is_worth_nothing() -> None:
    passports = Passports("another secret")
    with pytest.raises(PassportInvalid):
        passports.open(sealed(), "analyst")


@pytest.mark.parametrize("position", [0, 3, 20, -1])
def test_any_changed_character_breaks_the_seal(position: int) -> None:
    header = list(sealed())
    header[position] = "A" if header[position] != "A" else "B"
    with pytest.raises(PassportInvalid):
        Passports(SECRET).open("".join(header), "analyst")


@pytest.mark.parametrize(
    "header",
    ["v1", "v1.", "v1..", "v2.e30.x", "x" * 5000, "v1.é.é", by_hand(b"{}"), by_hand(b"[]"), by_hand(b"\xff")],
)
def test_a_malformed_header_is_refused_without_a_crash(header: str) -> None:
    with pytest.raises(PassportInvalid):
        Passports(SECRET).open(header, "analyst")


@pytest.mark.parametrize("ahead", [-60, 3600])
def test_a_passport_out_of_its_time_is_refused(ahead: float) -> None:
    with pytest.raises(PassportExpired):
        Passports(SECRET).open(sealed(exp=time.time() + ahead), "analyst")


def test_a_passport_for_another_service_is_refused_and_says_for_which() -> None:
    with pytest.raises(PassportMisdirected) as caught:
        Passports(SECRET).open(sealed("writer"), "analyst")
    assert caught.value.audience == "writer"


def test_a_remembered_header_is_still_checked_for_audience_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    passports = Passports(SECRET)
    header = sealed()
    passports.open(header, "analyst")
    with pytest.raises(PassportMisdirected):
        passports.open(header, "writer")
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(PassportExpired):
        passports.open(header, "analyst")


def test_only_so_many_headers_are_remembered() -> None:
    passports = Passports(SECRET)
    for number in range(CACHED + 5):
        passports.open(sealed(root=str(number)), "analyst")
    assert len(passports._good) == CACHED


def test_a_delegated_passport_keeps_principal_and_root_and_is_worth_less() -> None:
    passport = Passport.issue(LOCAL, "planner", by="gateway", root="t1")
    onward = passport.delegate("planner", "gateway", root="t2", calls=1000)
    assert (onward.principal, onward.root, onward.audience) == (LOCAL, "t1", "gateway")
    assert (onward.hops, onward.depth, onward.calls) == (("gateway", "planner"), passport.depth - 1, 64)


def test_a_root_is_set_once_where_there_was_none() -> None:
    passport = Passport.issue(LOCAL, "planner", by="gateway")
    assert passport.delegate("planner", "gateway", root="t2").root == "t2"


def test_a_chain_ends_at_its_depth() -> None:
    passport = Passport.issue(LOCAL, "planner", by="gateway")
    for _ in range(6):
        passport = passport.delegate("planner", "gateway")
    with pytest.raises(HopsExhausted):
        passport.delegate("planner", "gateway")


def test_different_principals_never_share_an_owner() -> None:
    assert Principal("a", "b", "c").owner != Principal("a", "b,c").owner
    assert Principal("a", 'b","').owner != Principal("a", "b", ",").owner
