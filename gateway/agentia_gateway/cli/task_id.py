"""The beginning of a task's id stands for the whole of it, as long as only one task begins so."""

from __future__ import annotations

from urllib.parse import urlencode

from agentia_gateway.cli.a2a.event import Json, parts_of
from agentia_gateway.cli.failure import ExitCode, Failure
from agentia_gateway.cli.gateway import Gateway, Refused

FEWEST = 6
WHOLE = 36
"""Characters of a UUID, which nobody needs to look up."""
MOST_ROWS = 1000


def whole_id(mesh: Gateway, given: str) -> str:
    """The id that begins like this, among the caller's newest tasks; `given` itself when none does.

    Raises:
        Failure: several do, or nobody answers.
    """
    if not FEWEST <= len(given) < WHOLE:
        return given
    try:
        answer: Json = mesh.get(f"mesh/tasks?{urlencode({'limit': MOST_ROWS})}")
    except Refused:
        return given  # an agent that was named as the mesh has no ledger
    ids = {str(row.get("task")) for row in parts_of(answer, "tasks")}
    found = [id_ for id_ in ids if id_.startswith(given)]
    if given in ids or not found:
        return given
    if len(found) > 1:
        raise Failure(f"{len(found)} tasks begin with {given}.", "Name more of the id.", ExitCode.USAGE)
    return found[0]
