"""The model that agents think with, when one is named: whether its endpoint takes us."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import httpx2

from agentia_gateway.cli.checks.facts import Facts
from agentia_gateway.cli.checks.trouble import Trouble

ASK_SECONDS = 10.0
OPENAI = "https://api.openai.com/v1"
NAMED = re.compile(r"AGENTIA_(?:[A-Z0-9_]+_)?MODEL")


def is_named(_: Facts) -> bool:
    """Applies when a model was named; the built-in rules need no endpoint."""
    return bool(_names())


def model(_: Facts) -> Iterator[Trouble]:
    """Ask the endpoint for its models, with the key and address of this environment."""
    names = _names()
    base = (os.environ.get("OPENAI_BASE_URL") or OPENAI).rstrip("/")
    key = os.environ.get("OPENAI_API_KEY") or "none"
    try:
        answer = httpx2.get(
            f"{base}/models", headers={"Authorization": f"Bearer {key}"}, timeout=ASK_SECONDS, trust_env=False
        )
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        reason = str(error) or type(error).__name__
        yield Trouble(f"The model endpoint {base} does not answer: {reason}.", "Correct OPENAI_BASE_URL.")
        return
    if answer.status_code in (401, 403):
        yield Trouble(
            f"The model endpoint {base} refuses the key.", "Set OPENAI_API_KEY to one that it takes."
        )
    elif not answer.is_success:
        what = f"The model endpoint {base} answers with HTTP {answer.status_code}."
        yield Trouble(what, "Correct OPENAI_BASE_URL; it usually ends with /v1.")
    else:
        offered = _offered(answer)
        for name in sorted(names - offered) if offered else ():
            yield Trouble(f"The model endpoint {base} has no model {name!r}.", "Correct AGENTIA_MODEL.")


def _names() -> set[str]:
    values = {value for name, value in os.environ.items() if NAMED.fullmatch(name)}
    return {value for value in values if value and not value.startswith("rule:")}


def _offered(answer: httpx2.Response) -> set[str]:
    """The models that the endpoint lists; empty when its answer is no such list."""
    try:
        listed: Any = answer.json()["data"]
        return {entry["id"] for entry in listed}
    except (ValueError, KeyError, TypeError):
        return set()
