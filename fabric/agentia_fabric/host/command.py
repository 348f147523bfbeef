"""From a command line, or a factory at hand, to running services and an exit code."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from agentia_fabric.errors import FabricError, SettingsError
from agentia_fabric.host import finding
from agentia_fabric.host.arguments import Listen, Named, parse
from agentia_fabric.host.lean import leave_out_programs
from agentia_fabric.host.running import Host, Hosted
from agentia_fabric.host.sockets import bound, opened
from agentia_fabric.settings import MeshSettings
from agentia_fabric.telemetry import log_to_stderr

if TYPE_CHECKING:
    from agentia_fabric.hosting import ServiceFactory

MISUSED, FAILED = 2, 1


def main(argv: Sequence[str]) -> NoReturn:
    """Run what the command line names until told to stop, and end the process."""
    arguments = parse(argv)
    leave_out_programs()
    name = "+".join(named.name for named in arguments.services)
    _end(_run(name, lambda: [_hosted(named) for named in arguments.services], arguments.parent_fd))


def serve(name: str, factory: ServiceFactory, *, host: str = "127.0.0.1", port: int = 0) -> int:
    """Run one service that this program brings along until SIGTERM or SIGINT; the exit code.

    Prints ``NAME URL`` when it serves. An error is one line on stderr.
    """
    return _run(name, lambda: [Hosted(name, bound(Listen(host, port)), factory, announce=True)])


def _hosted(named: Named) -> Hosted:
    build = partial(finding.build, named.name, named.factory)
    return Hosted(named.name, opened(named), build, announce=isinstance(named.socket, Listen))


def _run(name: str, services: Callable[[], Sequence[Hosted]], parent_fd: int | None = None) -> int:
    try:
        settings = MeshSettings.read()
        log_to_stderr(settings.log_level, name)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(Host(services(), settings).run(parent_fd))
    except (FabricError, OSError) as reason:
        logging.getLogger(__name__).debug("the services ended", exc_info=True)
        print(f"agentia: {reason}", file=sys.stderr)
        return MISUSED if isinstance(reason, SettingsError) else FAILED
    return 0


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _end(code: int) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads of a half-finished import must not delay the end, nor be unwound by it.
    os._exit(code)
