"""How the agent is talked to: bindings, versions, security, extensions, signatures, size."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator

from agentia_cards.fields import is_object, objects, text
from agentia_cards.model import CORE_BINDINGS, V0_3, V1_0, minor_version
from agentia_cards.reading import MAX_BYTES
from agentia_cards.rules.rule import Remark, Subject
from agentia_cards.signing import ALGORITHMS

LARGE_BYTES = MAX_BYTES // 2


def unknown_binding(subject: Subject) -> Iterator[Remark]:
    """Bindings that are neither the specification's nor named by a URI."""
    raw = subject.card.raw
    places = [("$.preferredTransport", text(raw, "preferredTransport"))]
    for part, name in (("supportedInterfaces", "protocolBinding"), ("additionalInterfaces", "transport")):
        places += [(f"$.{part}[{n}].{name}", text(e, name)) for n, e in enumerate(objects(raw, part))]
    for path, binding in places:
        if binding and binding not in CORE_BINDINGS and ":" not in binding:
            core = ", ".join(sorted(CORE_BINDINGS))
            yield Remark(path, f"{binding!r} is no known binding: use one of {core}, or a URI for your own.")


def unknown_version(subject: Subject) -> Iterator[Remark]:
    """Interfaces of a protocol version that the mesh does not speak."""
    for number, entry in enumerate(objects(subject.card.raw, "supportedInterfaces")):
        version = text(entry, "protocolVersion")
        if version and minor_version(version) not in (V0_3, V1_0):
            path = f"$.supportedInterfaces[{number}].protocolVersion"
            yield Remark(
                path, f"The mesh speaks {V1_0} and {V0_3}, not {version!r}: add an interface of those."
            )


def undeclared_scheme(subject: Subject) -> Iterator[Remark]:
    """Security requirements that name a scheme nobody has declared."""
    declared = set(subject.card.security_schemes)
    for number, names in enumerate(subject.card.security):
        for name in sorted(names - declared):
            path = "$.securityRequirements" if "securityRequirements" in subject.card.raw else "$.security"
            yield Remark(f"{path}[{number}].{name}", f"Declare the scheme {name!r} in securitySchemes.")


def required_extension(subject: Subject) -> Iterator[Remark]:
    """Extensions without which nobody may call."""
    for number, extension in enumerate(subject.card.capabilities.extensions):
        if extension.required:
            path = f"$.capabilities.extensions[{number}].required"
            yield Remark(
                path, f"Only clients that understand {extension.uri!r} can call the agent; must it be so?"
            )


def unusable_signature(subject: Subject) -> Iterator[Remark]:
    """Signatures that no careful reader accepts."""
    for number, signature in enumerate(objects(subject.card.raw, "signatures")):
        if _algorithm(text(signature, "protected")) not in ALGORITHMS:
            path = f"$.signatures[{number}].protected"
            yield Remark(path, f"Sign with {', '.join(ALGORITHMS)}: others prove nothing to a reader.")


def large(subject: Subject) -> Iterator[Remark]:
    """Cards close to the limit of readers."""
    size = len(json.dumps(subject.card.raw, ensure_ascii=False).encode())
    if size > LARGE_BYTES:
        yield Remark("$", f"The card has {size} bytes; keep it under {LARGE_BYTES}: {MAX_BYTES} are refused.")


def _algorithm(protected: str) -> str:
    try:
        header: object = json.loads(urlsafe_b64decode(protected + "=" * (-len(protected) % 4)))
    except (ValueError, RecursionError):
        return ""
    return text(header, "alg") if is_object(header) else ""
