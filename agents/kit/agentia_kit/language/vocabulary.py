"""Sets of words, written as text because a list of forty strings is hard to read."""

from __future__ import annotations


def wordset(text: str) -> frozenset[str]:
    """The words of `text`, which white space separates."""
    return frozenset(text.split())
