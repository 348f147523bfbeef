"""Every rule is planted once; the table below is the list."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentia_cards.lint import RULES, Severity, has_errors, lint
from agentia_testing.broken_cards import JSON, URLS, broken_cards
from agentia_testing.cards import card_0_3, card_1_0

Card = dict[str, Any]
SOURCE = "https://agent.example/.well-known/agent-card.json"


def with_skill(**changes: Any) -> Card:
    card = card_1_0()
    card["skills"][0] |= changes
    return card


def with_interface(**changes: Any) -> Card:
    card = card_1_0()
    card["supportedInterfaces"][0] |= changes
    return card


def without(*names: str) -> Card:
    return {name: value for name, value in card_1_0().items() if name not in names}


def signed_with(header: Any) -> Card:
    protected = base64.urlsafe_b64encode(json.dumps(header).encode()).decode()
    return card_1_0(signatures=[{"protected": protected, "signature": "AA"}])


PLANTED: list[tuple[str, str, Card]] = [
    ("field-missing", "$.name", without("name")),
    ("field-missing", "$.name", card_1_0(name="")),
    ("field-missing", "$.supportedInterfaces", without("supportedInterfaces")),
    ("field-missing", "$.supportedInterfaces", card_1_0(supportedInterfaces=[])),
    ("field-missing", "$.skills[0].id", with_skill(id="")),
    ("field-missing", "$.supportedInterfaces[0].url", with_interface(url=None)),
    ("field-missing", "$.additionalInterfaces[0].transport", card_0_3(additionalInterfaces=[{"url": "https://a.b"}])),
    ("field-recommended", "$.defaultInputModes", without("defaultInputModes")),
    ("field-recommended", "$.skills[0].tags", with_skill(tags=[])),
    ("field-recommended", "$.supportedInterfaces[0].protocolVersion", with_interface(protocolVersion="")),
    ("field-recommended", "$.protocolVersion", card_0_3(protocolVersion="")),
    ("field-wrong-type", "$.description", card_1_0(description=7)),
    ("field-wrong-type", "$.skills[0]", card_1_0(skills=["plan"])),
    ("field-wrong-type", "$.skills[0].tags[1]", with_skill(tags=["a", 1])),
    ("field-wrong-type", "$.capabilities.streaming", card_1_0(capabilities={"streaming": "yes"})),
    ("field-wrong-type", "$.security[0].key", card_0_3(security=[{"key": "all"}])),
    ("field-misspelt", "$.defaultInputMode", without("defaultInputModes") | {"defaultInputMode": []}),
    ("field-misspelt", "$.skills[0].exampels", card_1_0(skills=[{"id": "a", "exampels": []}])),
    ("url-not-absolute", "$.supportedInterfaces[0].url", with_interface(url="/a2a")),
    ("url-not-absolute", "$.supportedInterfaces[0].url", with_interface(url="https://[x/")),
    ("url-not-absolute", "$.supportedInterfaces[0].url", with_interface(url="http://a.example:99999/")),
    ("url-not-absolute", "$.url", card_0_3("agent")),
    ("url-credentials", "$.supportedInterfaces[0].url", with_interface(url="https://me:pw@agent.example/")),
    ("url-foreign", "$.supportedInterfaces[0].url", with_interface(url="https://victim.example/")),
    ("url-foreign", "$.url", card_0_3("https://victim.example/")),
    ("url-foreign", "$.supportedInterfaces[0].url", with_interface(url="http://127.0.0.1:8080/")),
    ("url-foreign", "$.supportedInterfaces[0].url", with_interface(url="b.example", protocolBinding="GRPC")),
    ("url-wildcard", "$.supportedInterfaces[0].url", with_interface(url="http://0.0.0.0:9999/")),
    ("url-unencrypted", "$.supportedInterfaces[0].url", with_interface(url="http://agent.example/")),
    ("url-undeclared", "$.url", card_1_0() | {"url": "https://agent.example/other"}),
    ("link-bad", "$.iconUrl", card_1_0(iconUrl="javascript:alert(1)")),
    ("link-bad", "$.provider.url", card_1_0(provider={"organization": "a", "url": "a.example"})),
    ("skill-duplicate-id", "$.skills[1].id", card_1_0(skills=card_1_0()["skills"] * 2)),
    ("skill-none", "$.skills", card_1_0(skills=[])),
    ("description-empty", "$.description", card_1_0(description=" ")),
    ("description-empty", "$.skills[0].description", with_skill(description="")),
    ("examples-many", "$.skills[0].examples", with_skill(examples=list("abcdef"))),
    ("examples-none", "$.skills[0].examples", with_skill(examples=[])),
    ("mode-no-media-type", "$.defaultOutputModes[1]", card_1_0(defaultOutputModes=["text/plain", "text"])),
    ("mode-no-media-type", "$.skills[0].inputModes[0]", with_skill(inputModes=["text/plain\n"])),
    ("binding-unknown", "$.supportedInterfaces[0].protocolBinding", with_interface(protocolBinding="SOAP")),
    ("binding-unknown", "$.preferredTransport", card_0_3(preferredTransport="jsonrpc")),
    ("version-unknown", "$.supportedInterfaces[0].protocolVersion", with_interface(protocolVersion="2.0")),
    ("scheme-undeclared", "$.securityRequirements[0].k",
     card_1_0(securityRequirements=[{"schemes": {"k": {}}}])),
    ("scheme-undeclared", "$.security[0].key", card_0_3(security=[{"key": []}])),
    ("extension-required", "$.capabilities.extensions[0].required",
     card_1_0(capabilities={"extensions": [{"uri": "urn:x", "required": True}]})),
    ("signature-unusable", "$.signatures[0].protected", signed_with({"alg": "HS256", "kid": "k"})),
    ("signature-unusable", "$.signatures[0].protected", signed_with([])),
    ("card-large", "$", card_1_0(description="x" * 40_000)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "path", "card"), PLANTED, ids=[f"{code}-{path}" for code, path, _ in PLANTED]
)
def test_a_planted_fault_is_found_where_it_is(code: str, path: str, card: Card) -> None:
    found = {(finding.code, finding.path): finding for finding in lint(card, SOURCE)}

    assert (code, path) in found
    assert found[code, path].message.endswith((".", "?"))
    assert found[code, path].section.startswith("A2A ")


def test_every_rule_is_planted() -> None:
    assert {code for code, _, _ in PLANTED} == {rule.code for rule in RULES}


@pytest.mark.parametrize("make", [card_1_0, card_0_3])
def test_a_good_card_has_no_findings(make: Callable[[], Card]) -> None:
    assert lint(make(), SOURCE) == []


@pytest.mark.parametrize("url", ["http://localhost:9999/", "http://127.0.0.1:7/", "http://[::1]:7/"])
def test_the_names_of_this_machine_are_one_host(url: str) -> None:
    assert not has_errors(lint(card_1_0(url), "http://127.0.0.1:9999/.well-known/agent-card.json"))


def test_a_grpc_address_needs_no_scheme() -> None:
    assert lint(with_interface(url="agent.example:443", protocolBinding="GRPC"), SOURCE) == []


def test_a_binding_of_ones_own_is_a_uri() -> None:
    assert lint(with_interface(protocolBinding="https://example.com/bindings/x/v1"), SOURCE) == []


@pytest.mark.parametrize("document", [b"", b"<html>", b"[]", b"\xff", b'{"a":1}', b"{" * 9999, b" " * 70000])
def test_what_is_no_card_is_one_finding(document: bytes) -> None:
    (finding,) = lint(document)

    assert (finding.code, finding.severity, finding.path) == ("card-unreadable", Severity.ERROR, "$")


def test_errors_come_first_and_hints_last() -> None:
    card = without("version") | {"skills": [{"id": "x", "name": "x", "description": ""}]}

    assert [finding.severity for finding in lint(card)] == ["error", "warning", "warning", "hint"]


def test_a_card_full_of_faults_has_a_bounded_answer() -> None:
    assert len(lint(card_1_0(skills=[1] * 5000))) == 200


@given(card=broken_cards() | st.dictionaries(st.text(max_size=5), JSON), source=URLS)
def test_no_object_crashes_the_lint(card: Card, source: str) -> None:
    lint(card, source)


@given(document=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_crash_the_lint(document: bytes) -> None:
    lint(document)
