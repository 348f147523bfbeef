"""Whatever can be read can also be translated and shown, and is digested or refused by an error of ours."""

import contextlib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agentia_cards.canonical import canonical, digest
from agentia_cards.errors import CardError, NoCanonicalForm
from agentia_cards.model import Card
from agentia_cards.rewrite import PROXIED_BINDINGS, rewritten
from agentia_cards.versions import merged, pure
from agentia_testing.broken_cards import broken_cards
from agentia_testing.cards import card_0_3, card_1_0

GATEWAY = "http://127.0.0.1:8080/"


@given(card=broken_cards())
def test_any_card_is_translated_or_refused(card: dict[str, Any]) -> None:
    with contextlib.suppress(CardError):
        assert Card.read(merged(card)).speaks == Card.read(card).speaks
        pure(card)


@given(card=broken_cards())
def test_any_card_shown_leads_to_the_gateway_alone(card: dict[str, Any]) -> None:
    with contextlib.suppress(CardError):
        interfaces = Card.read(rewritten(card, GATEWAY)).interfaces

        assert {interface.url for interface in interfaces} <= {GATEWAY}
        assert {interface.binding for interface in interfaces} <= PROXIED_BINDINGS


@given(card=broken_cards())
def test_any_card_has_a_digest_that_its_forms_share(card: dict[str, Any]) -> None:
    with contextlib.suppress(CardError):
        assert digest(card) == digest(pure(card))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(name=TEXT, description=TEXT, params=st.dictionaries(TEXT, TEXT | st.booleans() | st.floats(-1e9, 1e9)))
def test_the_canonical_form_reads_back_as_the_same_card(
    name: str, description: str, params: dict[str, Any]
) -> None:
    extension = {"uri": "urn:x", "params": params}
    card = card_1_0(name=name, description=description, capabilities={"extensions": [extension]})

    assert canonical(Card.read(canonical(card)).raw) == canonical(card)


@given(card=st.sampled_from([card_1_0, card_0_3]), name=TEXT)
def test_merging_changes_nothing_that_is_signed(card: Any, name: str) -> None:
    given_card = card(name=name)

    assert digest(merged(given_card)) == digest(given_card)


@given(number=st.integers(min_value=2**53))
def test_numbers_beyond_json_are_refused_by_an_error_of_ours(number: int) -> None:
    card = card_1_0(capabilities={"extensions": [{"uri": "u", "params": {"n": number}}]})

    with contextlib.suppress(NoCanonicalForm):
        digest(card)
        raise AssertionError(number)
