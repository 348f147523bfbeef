"""What can be wrong with a card. All of it is the fault of whoever wrote or sent the card, not the caller's.

    CardError
    ├── NotACard                 what was read is no agent card at all
    │   ├── NotJson              not UTF-8, not JSON, or JSON that two readers may understand differently
    │   ├── TooLarge             more than 64 KiB
    │   └── TooDeep              nested deeper than any card needs
    ├── NoCanonicalForm          a value has no RFC 8785 form, so nothing can be signed or digested
    └── SignatureError           the signature does not prove anything
        ├── NotSigned            there is no signature
        └── SignatureInvalid     none of the signatures was made with a key that is pinned

`KeyUnfit` is a `ValueError`: the caller's own key cannot be used for cards.
"""

# ruff: noqa: N818 - an error is named for what is the matter

from __future__ import annotations


class CardError(Exception):
    """Base of all errors of this package; the message is one sentence that can be shown to anybody."""


class NotACard(CardError):
    """What was read is no agent card."""


class NotJson(NotACard):
    """Not UTF-8, not JSON, or not the JSON that every reader understands alike (RFC 7493)."""


class TooLarge(NotACard):
    """More bytes than a card may have."""


class TooDeep(NotACard):
    """Nested deeper than a card may be."""


class NoCanonicalForm(CardError):
    """A value in the card has no RFC 8785 form."""


class SignatureError(CardError):
    """The card's signature does not prove anything."""


class NotSigned(SignatureError):
    """The card carries no signature."""


class SignatureInvalid(SignatureError):
    """No signature of the card was made with a pinned key."""


class KeyUnfit(ValueError):
    """A key that cards are not signed with: symmetric, of an unknown curve, or not for signing."""
