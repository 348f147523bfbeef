"""Cards with anything in any place, for properties that must hold whatever somebody sends."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from agentia_testing.cards import card_0_3, card_1_0

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
URLS = st.text(alphabet="htps:/[]@.%0:a#?\x00", max_size=12)
FIELDS = sorted(
    {*card_1_0(), *card_0_3(), "securitySchemes", "securityRequirements", "security", "signatures"}
)


@st.composite
def broken_cards(draw: st.DrawFn) -> dict[str, Any]:
    """A good card of which some places have been replaced by anything."""
    card = draw(st.sampled_from([card_1_0, card_0_3]))()
    for part in (card, card["skills"][0], *card.get("supportedInterfaces", [])):
        names = st.sampled_from(FIELDS if part is card else sorted(part))
        part |= draw(st.dictionaries(names, JSON | URLS, max_size=3))
    return card
