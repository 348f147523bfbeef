import json

import pytest

from agentia_cards.errors import NotACard, NotJson, TooDeep, TooLarge
from agentia_cards.model import Card, Interface
from agentia_testing.cards import card_0_3, card_1_0


def test_a_1_0_card_tells_its_interfaces_in_their_order() -> None:
    card = Card.read(json.dumps(card_1_0("https://a.example/")).encode())

    assert card.interfaces == (
        Interface("https://a.example/", "JSONRPC", "1.0"),
        Interface("https://a.example/", "HTTP+JSON", "1.0"),
    )
    assert card.speaks == ("1.0",)


def test_a_0_3_card_tells_its_main_url_first_and_each_interface_once() -> None:
    card = Card.read(card_0_3("https://a.example/"))

    assert card.interfaces == (
        Interface("https://a.example/", "JSONRPC", "0.3"),
        Interface("https://a.example/rest/", "HTTP+JSON", "0.3"),
    )


def test_a_0_3_card_without_a_version_or_transport_has_the_defaults_of_0_3() -> None:
    card = Card.read({"name": "old", "url": "https://a.example/"})

    assert card.interfaces == (Interface("https://a.example/", "JSONRPC", "0.3"),)


def test_versions_that_differ_in_the_patch_only_are_one() -> None:
    card = card_1_0()
    card["supportedInterfaces"][1]["protocolVersion"] = "1.0.1"

    assert Card.read(card).speaks == ("1.0",)


def test_the_fields_of_1_0_win_over_those_of_0_3_in_a_merged_card() -> None:
    card = Card.read(card_0_3("https://elsewhere.example/") | card_1_0("https://a.example/"))

    assert {interface.url for interface in card.interfaces} == {"https://a.example/"}


def test_a_skill_without_modes_has_those_of_the_card() -> None:
    card = Card.read(card_1_0())
    skill = card.skill("plan-route")

    assert skill is not None
    assert card.accepts(skill) == ("text/plain",)
    assert card.produces(skill) == ("application/json",)


def test_security_reads_alike_in_both_versions() -> None:
    new = Card.read(card_1_0(securityRequirements=[{"schemes": {"key": {"list": []}, "tls": {}}}]))
    old = Card.read(card_0_3(security=[{"key": [], "tls": []}]))

    assert new.security == old.security == (frozenset({"key", "tls"}),)


def test_the_extended_card_is_a_capability_in_both_versions() -> None:
    assert Card.read(card_1_0(capabilities={"extendedAgentCard": True})).capabilities.extended_card
    assert Card.read(card_0_3(supportsAuthenticatedExtendedCard=True)).capabilities.extended_card


def test_fields_of_a_wrong_type_read_as_empty() -> None:
    card = Card.read({"name": 7, "skills": ["x", {"id": None, "tags": "a"}], "provider": 1})

    assert (card.name, card.provider, card.interfaces) == ("", None, ())
    assert [(skill.id, skill.tags) for skill in card.skills] == [("", ())]


def test_the_json_stays_as_it_was_sent() -> None:
    sent = card_1_0(unheardOf={"a": 1})

    assert Card.read(sent).raw is sent


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (b"\xff", NotJson),
        (b"<html>", NotJson),
        (b'{"name":"a","name":"b"}', NotJson),
        (b'{"name":NaN}', NotJson),
        (b'{"name":"\\ud800"}', NotJson),
        (b'{"name":' + b"9" * 5000 + b"}", NotJson),
        (b"[]", NotACard),
        (b'{"detail":"Not Found"}', NotACard),
        (b'{"name":"' + b"x" * 65536 + b'"}', TooLarge),
        (b'{"name":' + b"[" * 70 + b"]" * 70 + b"}", TooDeep),
        (b'{"name":' + b"[" * 30000 + b"]" * 30000 + b"}", TooDeep),
    ],
    ids=[
        "bytes",
        "html",
        "twice",
        "nan",
        "surrogate",
        "digits",
        "list",
        "problem",
        "large",
        "deep",
        "deepest",
    ],
)
def test_what_is_no_card_is_refused_with_a_sentence(document: bytes, error: type[NotACard]) -> None:
    with pytest.raises(error, match=r"card.*\.$"):
        Card.read(document)


def test_a_parsed_object_has_the_same_bounds() -> None:
    with pytest.raises(TooLarge):
        Card.read({"name": "x" * 65536})
    with pytest.raises(NotJson):
        Card.read({"name": float("nan")})
    with pytest.raises(NotJson):
        Card.read({"name": object()})
