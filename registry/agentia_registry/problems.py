"""Every error as a `Problem`: a status, a code for programs, a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from agentia_fabric.directory.wire import Problem
from agentia_fabric.errors import StoreError
from agentia_registry.errors import Refusal

log = structlog.stdlib.get_logger(__name__)

_CODES = {404: "path_unknown", 405: "method_not_allowed"}


def answer(status: int, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The response that carries a problem."""
    return Response(problem.model_dump_json(), status, headers, "application/json")


async def refused(_: Request, error: Exception) -> Response:
    """A refusal of ours."""
    if not isinstance(error, Refusal):
        raise error
    return answer(error.status, Problem(code=error.code, message=str(error), details=error.details))


async def not_routed(request: Request, error: Exception) -> Response:
    """A path or a method that does not exist."""
    if not isinstance(error, HTTPException):
        raise error
    code = _CODES.get(error.status_code, "request_invalid")
    text = f"{request.method} {request.url.path[:200]} is nothing that the registry does: {error.detail}."
    return answer(error.status_code, Problem(code=code, message=text), error.headers)


async def not_stored(_: Request, error: Exception) -> Response:
    """The file under the registry is at fault."""
    log.error("store_failed", reason=str(error))
    text = "The registry cannot read or write its data now; its log says why. Try again later."
    return answer(503, Problem(code="store_unavailable", message=text))


async def broken(_: Request, error: Exception) -> Response:
    """A mistake of ours; the log has all of it, the caller nothing."""
    log.error("request_failed", exc_info=error)
    return answer(
        500, Problem(code="internal_error", message="The registry made a mistake; its log says which.")
    )


HANDLERS: dict[Any, Callable[[Request, Exception], Any]] = {
    Refusal: refused,
    HTTPException: not_routed,
    StoreError: not_stored,
    Exception: broken,
}
"""For Starlette."""
