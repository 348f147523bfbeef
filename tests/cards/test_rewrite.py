import copy
import json

from agentia_cards.model import Card
from agentia_cards.rewrite import rewritten
from agentia_testing.cards import card_0_3, card_1_0

GATEWAY = "http://127.0.0.1:8080/agents/router/"


def test_every_interface_leads_to_the_gateway() -> None:
    shown = rewritten(card_1_0("http://127.0.0.1:9999/"), GATEWAY)

    assert {interface.url for interface in Card.read(shown).interfaces} == {GATEWAY}
    assert "9999" not in json.dumps(shown)


def test_bindings_that_are_not_proxied_are_dropped() -> None:
    card = card_1_0()
    card["supportedInterfaces"].append(
        {"url": "agent.example:50051", "protocolBinding": "GRPC", "protocolVersion": "1.0"}
    )

    assert {i.binding for i in Card.read(rewritten(card, GATEWAY)).interfaces} == {"JSONRPC", "HTTP+JSON"}


def test_the_fields_of_0_3_lead_to_the_gateway() -> None:
    shown = rewritten(card_0_3(), GATEWAY)

    assert shown["url"] == GATEWAY
    assert shown["additionalInterfaces"] == [
        {"url": GATEWAY, "transport": "JSONRPC"},
        {"url": GATEWAY, "transport": "HTTP+JSON"},
    ]


def test_a_main_url_of_grpc_gives_way_to_a_transport_that_is_proxied() -> None:
    shown = rewritten(card_0_3(preferredTransport="GRPC"), GATEWAY)

    assert (shown["url"], shown["preferredTransport"]) == (GATEWAY, "JSONRPC")


def test_a_card_of_grpc_alone_keeps_no_interface() -> None:
    shown = rewritten(card_0_3(preferredTransport="GRPC", additionalInterfaces=[]), GATEWAY)

    assert Card.read(shown).interfaces == ()
    assert "url" not in shown


def test_links_to_the_agents_own_address_go_and_others_stay() -> None:
    card = card_1_0(
        "http://10.0.0.5:9000/",
        documentationUrl="http://10.0.0.5:9000/docs",
        iconUrl="https://cdn.example/icon.png",
        provider={"organization": "Rail", "url": "http://10.0.0.5:9000"},
    )

    shown = rewritten(card, GATEWAY)

    assert "documentationUrl" not in shown
    assert shown["iconUrl"] == "https://cdn.example/icon.png"
    assert shown["provider"] == {"organization": "Rail", "url": GATEWAY}


def test_links_to_a_replicas_address_go_too() -> None:
    card = card_1_0(documentationUrl="http://127.0.0.1:7001/docs")

    assert "documentationUrl" not in rewritten(card, GATEWAY, own_addresses=["http://127.0.0.1:7001/"])


def test_signatures_and_tenants_are_removed_and_unknown_fields_kept() -> None:
    card = card_1_0(signatures=[{"protected": "e30", "signature": "x"}], later={"a": 1})
    card["supportedInterfaces"][0]["tenant"] = "t1"

    shown = rewritten(card, GATEWAY)

    assert "signatures" not in shown
    assert "tenant" not in shown["supportedInterfaces"][0]
    assert shown["later"] == {"a": 1}


def test_the_card_given_is_not_changed() -> None:
    card = card_1_0(documentationUrl="https://agent.example/docs")
    before = copy.deepcopy(card)

    rewritten(card, GATEWAY)

    assert card == before
