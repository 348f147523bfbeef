"""Logs: one JSON object per line on stderr, from structlog and from the standard library's loggers alike."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import orjson

from agentia_fabric.telemetry.light import structlog
from agentia_fabric.telemetry.trace import current_trace

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

    Processor = Callable[[WrappedLogger, str, EventDict], EventDict]

QUIET = ("httpx", "httpx2", "httpcore", "httpcore2", "asyncio", "openai", "uvicorn.error", "mcp", "a2a")
"""Loggers that tell each step of theirs at level info; only their warnings are of use."""


def log_to_stderr(level: str, service: str) -> None:
    """Send all logs of this process from ``level`` on to stderr; ``service`` goes into each line."""
    shared = _common_fields(service)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(serializer=_json),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for quiet in QUIET:
        logging.getLogger(quiet).setLevel(max(logging.WARNING, root.level))


def _common_fields(service: str) -> list[Processor]:
    def name(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event.setdefault("service", service)
        return event

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name,
        _trace,
    ]


def _trace(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    trace = current_trace()
    if trace is not None:
        event["trace_id"] = trace.trace_id
        event["span_id"] = trace.span
    return event


def _json(event: object, **_: object) -> str:
    return orjson.dumps(event, default=repr).decode()
