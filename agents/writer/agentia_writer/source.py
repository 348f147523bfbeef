"""Where figures are from: the file, and to which of its rows they are restricted, as the material says it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_FILE = r"[\w./-]*\w\.(?:csv|tsv|tab|parquet|sqlite3?|db|jsonl?|ndjson)"
_BEHIND = re.compile(rf"\((?P<scope>(?:\w+ of )?{_FILE}\b[^()]*)\)")
_WITHIN = re.compile(
    rf"\b(?:in|of) (?P<scope>(?:\w+ of )?{_FILE}\b(?: (?:for|in|with|without|since|before|after) .+?)?)"
    r"(?=[:;,]| by |\.?$|\.\s)"
)
_WHOLE = re.compile(r"\bof (?P<whole>\d[\d,]*(?:\.\d+)?) in all\b")


def scope(sentences: Iterable[str]) -> str:
    """`sales.csv in 2024`; empty when no sentence names a file of figures."""
    found = (_BEHIND.search(sentence) or _WITHIN.search(sentence) for sentence in sentences)
    return next((match["scope"] for match in found if match), "")


def whole(sentences: Iterable[str]) -> float | None:
    """The total that a share in the material is of: `35.0 % of 139,763.2 in all`."""
    found = (_WHOLE.search(sentence) for sentence in sentences)
    return next((float(match["whole"].replace(",", "")) for match in found if match), None)
