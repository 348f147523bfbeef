"""What `agentia-mesh tasks` does with the tasks: list, show, follow, cancel."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from agentia_gateway.cli.a2a.client import A2AClient
from agentia_gateway.cli.a2a.event import Event, Json, part_of, parts_of
from agentia_gateway.cli.a2a.following import followed
from agentia_gateway.cli.a2a.states import CANCELED, shown
from agentia_gateway.cli.failure import Failure
from agentia_gateway.cli.gateway import Gateway, Refused
from agentia_gateway.cli.invocation import invocation
from agentia_gateway.cli.task_rows import COLUMNS, rows, text_of
from agentia_gateway.cli.terminal import json_document, one_line, say, table
from agentia_gateway.cli.watching import Watching, conclude

LARGEST_PAGE = 100
LONGEST_ASKED = 400
CALLER = "ROLE_USER"
ROW = ("agent", "asked", "root")
"""What a row of the ledger adds to a task."""


def list_tasks(client: A2AClient, mesh: Gateway, *, context: str, limit: int, as_json: bool) -> None:
    """Print the caller's newest tasks, each with what the mesh's ledger knows of it."""
    asked = {"pageSize": limit, "historyLength": 1, "includeArtifacts": not as_json}
    asked |= {"contextId": context} if context else {}
    page = client.call("ListTasks", asked)
    listed = _with_rows(mesh, parts_of(page, "tasks"))
    if as_json:
        json_document(listed)
    elif not listed:
        say(f'There are no tasks yet. Give the mesh one: {invocation()} ask "…"')
    else:
        table(COLUMNS, rows(listed))
        total = page.get("totalSize")
        if isinstance(total, int) and total > len(listed):
            say(f"{len(listed)} of {total}; --limit shows more.", dim=True)


def show_task(client: A2AClient, mesh: Gateway, task: str, *, as_json: bool, out: Path | None) -> None:
    """Print a task as it stands, with what it was asked and what it has answered."""
    found = client.call("GetTask", {"id": task})
    if as_json:
        json_document(found)
        return
    status = part_of(found, "status")
    say(f"{found.get('id')} · {shown(str(status.get('state') or ''))} · since {status.get('timestamp', '?')}")
    say(f"conversation {found.get('contextId', '?')}", dim=True)
    if asked := _asked(mesh, found):
        say(f"asked: {one_line(asked, LONGEST_ASKED)}")
    Watching(client, as_json=False, out=out).show_once(Event.of_task(found))


def follow_task(client: A2AClient, task: str, *, as_json: bool, out: Path | None) -> None:
    """Show a task until it ends. Raises `Failure` when it does not complete."""
    collected = Watching(client, as_json=as_json, out=out).watch(followed(client, task), follow=True)
    conclude(collected, as_json=as_json)


def cancel_task(client: A2AClient, task: str, *, as_json: bool) -> None:
    """Cancel a task. Raises `Failure` when it has not ended by that."""
    answer = client.call("CancelTask", {"id": task})
    state = str(part_of(answer, "status").get("state") or "")
    if as_json:
        json_document(answer)
    if state != CANCELED:
        raise Failure(f"The task is {shown(state)}.", f"See what it does: `agentia-mesh tasks {task}`.")
    if not as_json:
        say("The task is canceled.")


def _asked(mesh: Gateway, task: Json) -> str:
    """What the task began with: its caller's first message, else what the ledger kept of it."""
    for message in parts_of(task, "history"):
        if message.get("role") == CALLER and (text := text_of(message)):
            return text
    return str(_with_rows(mesh, [task])[0]["asked"] or "")


def _with_rows(mesh: Gateway, tasks: list[Json]) -> list[Json]:
    """The tasks, each with `agent`, `asked` and `root` beside what its agent tells."""
    named = [("task", str(task.get("id"))) for task in tasks]
    try:
        answer: Json = mesh.get(f"mesh/tasks?{urlencode([*named, ('limit', LARGEST_PAGE)])}") if named else {}
    except Refused:
        answer = {}  # an agent that was named as the mesh has no ledger
    of_ledger = {row.get("task"): row for row in parts_of(answer, "tasks")}
    known = [of_ledger.get(task.get("id"), {}) for task in tasks]
    return [task | {name: row.get(name) for name in ROW} for task, row in zip(tasks, known, strict=True)]
