"""Signatures over the canonical form of a card: JWS, with keys that the verifier has pinned (section 8.4).

Only asymmetric algorithms count, and each key with the one algorithm that fits it: the header of a signature
chooses nothing but which pinned key to try. `jku` and every other pointer in a header is ignored.

`jwt` and `cryptography` are imported when something is signed or verified, not before.
"""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from agentia_cards.canonical import canonical, compact
from agentia_cards.errors import KeyUnfit, NotSigned, SignatureInvalid
from agentia_cards.fields import objects, text
from agentia_cards.reading import Json

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes

ALGORITHMS = ("ES256", "RS256", "EdDSA")
"""What cards are signed with; symmetric algorithms and `none` never."""

_MAX_SIGNATURES = 8
_MIN_RSA_BITS = 2048


@dataclass(frozen=True, slots=True)
class Verified:
    """Which pinned key has signed the card."""

    key_id: str
    algorithm: str


def signed(card: Mapping[str, Any], key: PrivateKeyTypes, key_id: str) -> Json:
    """The card with our signature added to those it has.

    When empty values make the specification's form and that of the SDKs differ, both are signed, so that
    either verifies.

    Raises:
        KeyUnfit: the key is none of P-256, RSA of 2048 bits or more, and Ed25519.
        NoCanonicalForm: the card cannot be signed.
    """
    protected = _encode(json.dumps({"alg": _algorithm(key), "kid": key_id, "typ": "JOSE"}).encode())
    added = [
        {"protected": protected, "signature": _encode(_sign(_signing_input(protected, form), key))}
        for form in _forms(card)
    ]
    return {**card, "signatures": [*objects(card, "signatures"), *added]}


def verified(card: Mapping[str, Any], pinned: Mapping[str, PublicKeyTypes]) -> Verified:
    """Check the card against pinned keys by their ids; one good signature is enough.

    Raises:
        NotSigned: the card has no signature.
        SignatureInvalid: none was made with a pinned key over this content.
        NoCanonicalForm: the card cannot be verified at all.
    """
    signatures = objects(card, "signatures")
    if not signatures:
        raise NotSigned("The card is not signed.")
    forms = _forms(card)
    for signature in signatures[:_MAX_SIGNATURES]:
        header = _header(signature)
        key = pinned.get(text(header, "kid"))
        if key is None or header.get("crit") is not None:
            continue
        if text(header, "alg") == _algorithm(key) and any(_holds(signature, form, key) for form in forms):
            return Verified(text(header, "kid"), text(header, "alg"))
    known = ", ".join(sorted(pinned)) or "none"
    raise SignatureInvalid(f"No signature of the card was made with a pinned key (pinned: {known}).")


def _forms(card: Mapping[str, Any]) -> list[bytes]:
    return list(dict.fromkeys((canonical(card), compact(card))))


def _header(signature: Mapping[str, Any]) -> Json:
    try:
        header: object = json.loads(_decode(text(signature, "protected")))
    except (ValueError, RecursionError):
        return {}
    return cast(Json, header) if isinstance(header, dict) else {}


def _holds(signature: Mapping[str, Any], form: bytes, key: PublicKeyTypes) -> bool:
    from jwt import get_algorithm_by_name

    try:
        value = _decode(text(signature, "signature"))
    except ValueError:
        return False
    signing_input = _signing_input(text(signature, "protected"), form)
    return bool(get_algorithm_by_name(_algorithm(key)).verify(signing_input, cast(Any, key), value))


def _sign(signing_input: bytes, key: PrivateKeyTypes) -> bytes:
    from jwt import get_algorithm_by_name

    return get_algorithm_by_name(_algorithm(key)).sign(signing_input, cast(Any, key))


def _algorithm(key: PrivateKeyTypes | PublicKeyTypes) -> str:
    """The one algorithm that a key is used with.

    Raises:
        KeyUnfit: there is none.
    """
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    match key:
        case ec.EllipticCurvePrivateKey() | ec.EllipticCurvePublicKey() if key.curve.name == "secp256r1":
            return "ES256"
        case rsa.RSAPrivateKey() | rsa.RSAPublicKey() if key.key_size >= _MIN_RSA_BITS:
            return "RS256"
        case ed25519.Ed25519PrivateKey() | ed25519.Ed25519PublicKey():
            return "EdDSA"
        case _:
            raise KeyUnfit("Cards are signed with P-256, Ed25519 or RSA keys of 2048 bits and more.")


def _signing_input(protected: str, form: bytes) -> bytes:
    return f"{protected}.{_encode(form)}".encode()


def _encode(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _decode(value: str) -> bytes:
    """Base64url without padding. Raises `ValueError` for anything else."""
    try:
        return urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError(str(error)) from None
