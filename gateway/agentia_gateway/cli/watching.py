"""Shows a task until it ends or waits for its caller, and says how to go on when that does not happen."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from agentia_gateway.cli.a2a.approvals import calls_to_decide
from agentia_gateway.cli.a2a.client import A2AClient, RpcError, StreamBroken
from agentia_gateway.cli.a2a.event import Event, Json, Kind, part_of, parts_of
from agentia_gateway.cli.a2a.following import followed, until_settled
from agentia_gateway.cli.a2a.states import AUTH_REQUIRED, CANCELED, FAILED, FINAL, INPUT_REQUIRED, REJECTED
from agentia_gateway.cli.answer.collected import Collected
from agentia_gateway.cli.answer.live import LiveView
from agentia_gateway.cli.answer.nearest import show_nearest
from agentia_gateway.cli.answer.report import JsonReport, Report
from agentia_gateway.cli.answer.saving import save
from agentia_gateway.cli.failure import ExitCode, Failure
from agentia_gateway.cli.terminal import say


class Watching:
    """Shows one task after another. `out` is the folder for files, None to keep none."""

    def __init__(self, client: A2AClient, *, as_json: bool, out: Path | None, verbose: bool = False) -> None:
        self._client = client
        self._verbose = verbose
        self._as_json = as_json
        self._out = out
        self._told: set[str] = set()
        """Ids of the artifacts that earlier tasks, or earlier rounds of this one, have shown."""

    def watch(self, events: Iterable[Event], *, follow: bool) -> Collected:
        """Show the events; with `follow` a broken stream is taken up again.

        Raises:
            Failure: the stream broke, the mesh refused, or somebody pressed Ctrl-C.
        """
        collected = Collected()
        report = self._report(collected)
        try:
            self._show(events, report, collected, follow=follow)
        except RpcError as error:
            raise Failure(error.message) from None
        except KeyboardInterrupt:
            raise _left(collected) from None
        finally:
            report.end()
        self._keep(collected)
        self._told |= collected.artifacts.keys()
        return collected

    def show_once(self, event: Event) -> None:
        """Show one event that tells everything, such as a task as it stands."""
        collected = Collected()
        report = self._report(collected)
        report.show(event)
        report.end()
        self._keep(collected)

    def _report(self, collected: Collected) -> Report:
        if self._as_json:
            return JsonReport(collected)
        return LiveView(collected, saves=self._out is not None, verbose=self._verbose)

    def _show(self, events: Iterable[Event], report: Report, collected: Collected, *, follow: bool) -> None:
        try:
            self._show_all(until_settled(events), report, collected)
        except StreamBroken:
            if not collected.task or not follow:
                raise _broken(collected) from None
            self._show_all(followed(self._client, collected.task), report, collected)

    def _show_all(self, events: Iterable[Event], report: Report, collected: Collected) -> None:
        last = None
        for last in events:
            report.show(last)
        # Some agents stream states alone, and put what they made into the task.
        if last and last.kind is Kind.STATUS and not collected.artifacts:
            untold = self._untold(collected)
            if untold.artifacts or untold.history:
                report.show(untold)

    def _untold(self, collected: Collected) -> Event:
        """What the task holds and nobody was told yet; nothing when it cannot be read."""
        try:
            task = self._client.call("GetTask", {"id": collected.task})
        except (RpcError, Failure):
            return Event.of_task({})
        artifacts = [a for a in parts_of(task, "artifacts") if a.get("artifactId") not in self._told]
        history = [m for m in parts_of(task, "history") if m.get("messageId") not in collected.heard]
        return Event.of_task(task | {"artifacts": artifacts, "history": history})

    def _keep(self, collected: Collected) -> None:
        if self._out is None:
            return
        for artifact in collected.artifacts.values():
            for path in save(artifact, self._out):
                if not self._as_json:
                    say(f"saved {path}", dim=True)


def conclude(collected: Collected, *, as_json: bool) -> None:
    """Say how the task ended.

    Raises:
        Failure: it did not complete.
    """
    task = collected.task
    match collected.state:
        case s if s == FAILED:
            raise Failure("The task failed.", f"What happened: `agentia-mesh tasks {task}`.")
        case s if s == CANCELED:
            raise Failure("The task was canceled.", code=ExitCode.CANCELED)
        case s if s == REJECTED:
            if not as_json:
                show_nearest(collected)
            remedy = "Who is there: `agentia-mesh agents`. Name one with --agent."
            raise Failure("The task was rejected.", remedy, ExitCode.NOBODY)
        case s if s == INPUT_REQUIRED:
            word = "yes" if calls_to_decide(collected.says) else "…"
            answer = f'agentia-mesh ask --task {task} --context {collected.context} "{word}"'
            raise Failure("The agent needs your answer.", f"Give it with `{answer}`.", ExitCode.INPUT_NEEDED)
        case s if s == AUTH_REQUIRED:
            raise Failure(
                "The agent needs you to sign in; do that, then follow the task.",
                f"Follow it with `agentia-mesh tasks {task} follow`.",
                ExitCode.INPUT_NEEDED,
            )
        case _:
            if collected.models and not as_json:
                say(f"model: {', '.join(collected.models)}", dim=True)


def asked_by(client: A2AClient, task: str) -> Json:
    """What a task asks its caller: the message of its status.

    Raises:
        Failure: there is no such task.
    """
    try:
        return part_of(part_of(client.call("GetTask", {"id": task}), "status"), "message")
    except RpcError as error:
        raise Failure(error.message, "Your tasks: `agentia-mesh tasks`.") from None


def answers_at_prompt() -> str:
    """What a person types on the terminal; empty when nobody is there or nothing is typed."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return ""
    try:
        return input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _left(collected: Collected) -> Failure:
    if not collected.task or collected.state in FINAL:
        return Failure("Stopped.", code=ExitCode.INTERRUPTED)
    return Failure("You left; the task goes on.", how_to_go_on(collected.task), ExitCode.INTERRUPTED)


def _broken(collected: Collected) -> Failure:
    if not collected.task:
        return Failure("The connection broke before the task began.", "Ask again.", ExitCode.UNREACHABLE)
    return Failure(
        "The connection broke; the task may go on.", how_to_go_on(collected.task), ExitCode.UNREACHABLE
    )


def how_to_go_on(task: str) -> str:
    """How to come back to a task, or end it."""
    return (
        f"Follow it with `agentia-mesh tasks {task} follow`, end it with `agentia-mesh tasks {task} cancel`."
    )
