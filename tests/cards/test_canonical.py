from typing import Any

import pytest

from agentia_cards.canonical import canonical, compact, digest
from agentia_cards.errors import NoCanonicalForm
from agentia_cards.versions import merged, pure
from agentia_testing.cards import card_0_3, card_1_0


def test_the_example_of_the_specification_comes_out_to_the_byte() -> None:
    # A2A 1.0 section 8.4.1
    card = {
        "name": "Example Agent",
        "description": "",
        "capabilities": {"streaming": False, "pushNotifications": False, "extensions": []},
        "skills": [],
    }

    assert canonical(card | {"supportedInterfaces": [{"url": "u"}]}) == (
        b'{"capabilities":{"pushNotifications":false,"streaming":false},"description":"",'
        b'"name":"Example Agent","skills":[],"supportedInterfaces":[{"url":"u"}]}'
    )


def test_the_compact_form_leaves_out_empty_required_fields_too() -> None:
    card = {"name": "a", "description": "", "capabilities": {}, "supportedInterfaces": [{"url": "u"}]}

    assert compact(card) == b'{"name":"a","supportedInterfaces":[{"url":"u"}]}'


@pytest.mark.parametrize(
    "change",
    [
        {"signatures": [{"protected": "a", "signature": "b"}]},
        {"unheardOf": 1},
        {"securitySchemes": {}},
        {"iconUrl": None},
        {"preferredTransport": "GRPC", "protocolVersion": "0.3.0"},
    ],
)
def test_what_is_not_covered_does_not_change_the_digest(change: dict[str, Any]) -> None:
    assert digest(card_1_0(**change)) == digest(card_1_0())


@pytest.mark.parametrize(
    "change",
    [{"name": "b"}, {"documentationUrl": ""}, {"skills": "none"}, {"securitySchemes": {"k": {}}}],
)
def test_what_is_covered_changes_the_digest(change: dict[str, Any]) -> None:
    assert digest(card_1_0(**change)) != digest(card_1_0())


def test_a_0_3_card_has_the_digest_of_its_1_0_form_in_every_form() -> None:
    card = card_0_3()

    assert digest(card) == digest(pure(card)) == digest(merged(card))


def test_the_order_of_fields_does_not_matter() -> None:
    assert digest(dict(reversed(card_1_0().items()))) == digest(card_1_0())


def test_a_number_that_json_cannot_carry_has_no_canonical_form() -> None:
    card = card_1_0(capabilities={"extensions": [{"uri": "u", "params": {"n": 2**60}}]})

    with pytest.raises(NoCanonicalForm, match="no canonical form"):
        digest(card)
