import base64
import json
from typing import Any

import pytest
from a2a.client.card_resolver import parse_agent_card
from a2a.utils.signing import (
    InvalidSignaturesError,
    create_agent_card_signer,
    create_signature_verifier,
)
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from google.protobuf.json_format import MessageToDict

from agentia_cards.errors import KeyUnfit, NotSigned, SignatureInvalid
from agentia_cards.signing import signed, verified
from agentia_cards.versions import merged
from agentia_testing.cards import card_0_3, card_1_0

P256 = ec.generate_private_key(ec.SECP256R1())
KEYS: dict[str, Any] = {
    "ES256": P256,
    "RS256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
}
PINNED = {"k1": P256.public_key()}


def card_with_empty_values() -> dict[str, Any]:
    card = card_1_0(description="", capabilities={}, documentationUrl="")
    card["skills"][0]["tags"] = []
    return card


def card_with_everything() -> dict[str, Any]:
    return card_1_0(
        description="Zürich → Ωmega, “quoted” \u2028 and a tab\t",
        capabilities={
            "streaming": False,
            "extensions": [
                {"uri": "urn:x", "required": False, "params": {"b": 1.0, "a": [1.5, 1e21, None], "e": ""}}
            ],
        },
        securitySchemes={
            "oauth": {
                "oauth2SecurityScheme": {
                    "flows": {
                        "authorizationCode": {
                            "authorizationUrl": "https://a.example/auth",
                            "tokenUrl": "https://a.example/token",
                            "scopes": {"read": "Read"},
                            "pkceRequired": False,
                        }
                    }
                }
            }
        },
        securityRequirements=[{"schemes": {"oauth": {"list": ["read"]}}}],
        unheardOf={"later": True},
    )


def sdk_verifies(card: dict[str, Any], algorithm: str) -> None:
    public: Any = KEYS[algorithm].public_key()
    create_signature_verifier(lambda *_: public, [algorithm])(parse_agent_card(card))


CARDS = {"usual": card_1_0, "empty": card_with_empty_values, "everything": card_with_everything}


@pytest.mark.parametrize("algorithm", KEYS)
@pytest.mark.parametrize("kind", CARDS)
def test_what_we_sign_the_sdk_verifies(algorithm: str, kind: str) -> None:
    ours = signed(CARDS[kind](), KEYS[algorithm], "k1")

    sdk_verifies(ours, algorithm)


@pytest.mark.parametrize("algorithm", KEYS)
@pytest.mark.parametrize("kind", CARDS)
def test_what_the_sdk_signs_we_verify(algorithm: str, kind: str) -> None:
    sign = create_agent_card_signer(
        KEYS[algorithm], {"kid": "k1", "alg": algorithm, "jku": None, "typ": "JOSE"}
    )
    theirs = MessageToDict(sign(parse_agent_card(CARDS[kind]())))

    assert verified(theirs, {"k1": KEYS[algorithm].public_key()}).algorithm == algorithm


def test_the_fields_of_0_3_may_be_merged_in_after_signing() -> None:
    card = card_1_0()
    card["supportedInterfaces"].append(
        {"url": "https://agent.example/v0/", "protocolBinding": "JSONRPC", "protocolVersion": "0.3"}
    )
    shown = merged(signed(card, P256, "k1"))

    assert shown["url"] == "https://agent.example/v0/"
    assert verified(shown, PINNED).key_id == "k1"


def test_a_card_of_0_3_is_signed_in_the_form_of_1_0() -> None:
    assert verified(signed(card_0_3(), P256, "k1"), PINNED).key_id == "k1"


def test_signing_again_keeps_the_older_signature() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    twice = signed(signed(card_1_0(), P256, "k1"), other, "k2")

    assert verified(twice, PINNED).key_id == "k1"
    assert verified(twice, {"k2": other.public_key()}).key_id == "k2"


def test_a_changed_card_is_refused() -> None:
    card = signed(card_1_0(), P256, "k1")
    card["supportedInterfaces"][0]["url"] = "https://evil.example/"

    with pytest.raises(SignatureInvalid, match="pinned: k1"):
        verified(card, PINNED)


def test_a_card_without_signature_says_so() -> None:
    with pytest.raises(NotSigned):
        verified(card_1_0(), PINNED)


def test_a_key_that_is_not_pinned_proves_nothing() -> None:
    with pytest.raises(SignatureInvalid, match="pinned: none"):
        verified(signed(card_1_0(), P256, "k1"), {})


def test_a_signature_with_the_public_key_as_shared_secret_is_refused() -> None:
    forged = create_agent_card_signer(b"x" * 32, {"kid": "k1", "alg": "HS256", "jku": None, "typ": "JOSE"})
    theirs = MessageToDict(forged(parse_agent_card(card_1_0())))

    with pytest.raises(SignatureInvalid):
        verified(theirs, PINNED)


@pytest.mark.parametrize(
    "header",
    [{"alg": "none", "kid": "k1"}, {"alg": "ES256", "kid": "k1", "crit": ["b64"], "b64": False}, ["x"], "k1"],
)
def test_a_header_that_asks_for_something_else_is_refused(header: Any) -> None:
    card = signed(card_1_0(), P256, "k1")
    card["signatures"][0]["protected"] = base64.urlsafe_b64encode(json.dumps(header).encode()).decode()

    with pytest.raises(SignatureInvalid):
        verified(card, PINNED)


@pytest.mark.parametrize("signature", [{}, {"protected": "%", "signature": 1}, {"protected": "ö" * 8}])
def test_a_broken_signature_is_refused(signature: dict[str, Any]) -> None:
    with pytest.raises(SignatureInvalid):
        verified(card_1_0(signatures=[signature]), PINNED)


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        rsa.generate_private_key(public_exponent=65537, key_size=1024),  # noqa: S505 - weak on purpose
    ],
)
def test_keys_that_are_too_weak_or_of_another_curve_are_the_callers_mistake(key: Any) -> None:
    with pytest.raises(KeyUnfit):
        signed(card_1_0(), key, "k1")


def test_the_sdk_refuses_what_was_changed_after_we_signed() -> None:
    card = signed(card_1_0(), P256, "k1") | {"name": "Another"}

    with pytest.raises(InvalidSignaturesError):
        sdk_verifies(card, "ES256")
