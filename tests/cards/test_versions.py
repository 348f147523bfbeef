import copy
from typing import Any

import pytest
from a2a.client.card_resolver import parse_agent_card
from a2a.compat.v0_3 import types as types_0_3
from a2a.compat.v0_3.conversions import to_core_agent_card
from a2a.types import AgentCard
from google.protobuf.json_format import MessageToDict, ParseDict

from agentia_cards.model import Card
from agentia_cards.versions import merged, pure
from agentia_testing.cards import card_0_3, card_1_0

SCHEMES_1_0 = {
    "key": {"apiKeySecurityScheme": {"location": "header", "name": "X-Key"}},
    "bearer": {"httpAuthSecurityScheme": {"scheme": "bearer", "bearerFormat": "JWT"}},
    "login": {"openIdConnectSecurityScheme": {"openIdConnectUrl": "https://id.example/"}},
    "tls": {"mtlsSecurityScheme": {"description": "ours"}},
}
SCHEMES_0_3 = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "login": {"type": "openIdConnect", "openIdConnectUrl": "https://id.example/"},
    "tls": {"type": "mutualTLS", "description": "ours"},
}


def secured_0_3() -> dict[str, Any]:
    card = card_0_3(
        securitySchemes=SCHEMES_0_3,
        security=[{"key": []}, {"bearer": ["a", "b"], "tls": []}],
        supportsAuthenticatedExtendedCard=True,
    )
    card["skills"][0]["security"] = [{"login": ["x"]}]
    return copy.deepcopy(card)


def speaking_both(**changes: Any) -> dict[str, Any]:
    card = card_1_0("https://a.example/", **changes)
    card["supportedInterfaces"] += [
        {"url": "https://a.example/", "protocolBinding": "JSONRPC", "protocolVersion": "0.3"},
        {"url": "https://a.example/v0/", "protocolBinding": "HTTP+JSON", "protocolVersion": "0.3"},
    ]
    return copy.deepcopy(card)


def test_a_card_that_speaks_0_3_gets_its_fields_and_keeps_its_own() -> None:
    card = speaking_both()

    shown = merged(card)

    assert {name: shown[name] for name in card} == card
    assert {name: shown[name] for name in shown.keys() - card.keys()} == {
        "url": "https://a.example/",
        "preferredTransport": "JSONRPC",
        "protocolVersion": "0.3.0",
        "additionalInterfaces": [
            {"url": "https://a.example/", "transport": "JSONRPC"},
            {"url": "https://a.example/v0/", "transport": "HTTP+JSON"},
        ],
    }


def test_a_card_that_speaks_1_0_alone_stays_as_it_is() -> None:
    assert merged(card_1_0()) == card_1_0()


def test_a_merged_card_is_a_valid_card_for_clients_of_0_3() -> None:
    card = speaking_both(
        securitySchemes=SCHEMES_1_0, securityRequirements=[{"schemes": {"bearer": {"list": ["a"]}}}]
    )

    read = types_0_3.AgentCard.model_validate(merged(card))

    assert read.security == [{"bearer": ["a"]}]
    assert read.security_schemes is not None
    assert {name: scheme.root.type for name, scheme in read.security_schemes.items()} == {
        "key": "apiKey", "bearer": "http", "login": "openIdConnect", "tls": "mutualTLS",
    }  # fmt: skip


def test_the_sdk_reads_the_same_1_0_card_from_the_merged_and_the_pure_form() -> None:
    card = speaking_both(securitySchemes=SCHEMES_1_0)

    assert parse_agent_card(merged(card)) == parse_agent_card(pure(card))


def test_the_pure_form_of_a_merged_card_is_the_card_again() -> None:
    card = speaking_both(
        securitySchemes=SCHEMES_1_0, securityRequirements=[{"schemes": {"key": {"list": []}}}]
    )

    assert pure(merged(card)) == card


@pytest.mark.parametrize("make", [card_0_3, secured_0_3])
def test_a_0_3_card_is_translated_as_the_sdk_translates_it(make: Any) -> None:
    ours = ParseDict(pure(make()), AgentCard())
    theirs = to_core_agent_card(types_0_3.AgentCard.model_validate(make()))
    known = dict.fromkeys((i.url, i.protocol_binding) for i in theirs.supported_interfaces)

    assert [(i.url, i.protocol_binding) for i in ours.supported_interfaces] == list(known)
    for card in (ours, theirs):
        card.ClearField("supported_interfaces")
    assert MessageToDict(ours) == MessageToDict(theirs)


def test_a_0_3_card_keeps_its_fields_in_the_merged_form() -> None:
    shown = merged(card_0_3())

    assert {name: shown[name] for name in card_0_3()} == card_0_3()
    assert Card.read(shown).interfaces == Card.read(card_0_3()).interfaces


@pytest.mark.parametrize("make", [secured_0_3, speaking_both])
def test_the_card_given_is_not_changed(make: Any) -> None:
    card = make()
    before = copy.deepcopy(card)

    merged(card)
    pure(card)

    assert card == before
