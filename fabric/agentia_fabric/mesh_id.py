"""What tells one mesh from another: its own card carries it, so that a mesh does not join itself."""

from __future__ import annotations

import hashlib

EXTENSION = "urn:agentia:mesh"
"""The capability extension of a mesh's card; its params are ``{"id": …}``."""
_ROUNDS = 100_000


def mesh_id(secret: str) -> str:
    """The id of the mesh that has this secret, 32 hexadecimal digits.

    It is public, and somebody may have chosen the secret: hence slow to compute.
    """
    return hashlib.pbkdf2_hmac("sha256", secret.encode(), EXTENSION.encode(), _ROUNDS, dklen=16).hex()
