"""Reading what a request carries; everything else than the contract's form is refused with its place."""

from __future__ import annotations

import re
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request

from agentia_fabric.directory.wire import SECRET_HEADER
from agentia_registry.errors import RequestInvalid

Body = TypeVar("Body")

_SECRET = re.compile(r"[\x21-\x7e]{16,512}")


async def read(request: Request, form: TypeAdapter[Body]) -> Body:
    """The body in the form that the contract gives it. Raises ``RequestInvalid``."""
    try:
        return form.validate_json(await request.body())
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False, include_context=False, include_input=False)
        details = [
            {"path": ".".join(str(part) for part in e["loc"]), "message": e["msg"]} for e in errors[:20]
        ]
        first = details[0]
        where = f" at {first['path']}" if first["path"] else ""
        raise RequestInvalid(
            f"The body is not what is expected{where}: {first['message']}.", details
        ) from None


def secret_of(request: Request) -> str:
    """The registration secret. Raises ``RequestInvalid`` when there is none that could be one."""
    secret = request.headers.get(SECRET_HEADER, "")
    if not _SECRET.fullmatch(secret):
        raise RequestInvalid(
            f"The header {SECRET_HEADER} is missing, or has not 16 to 512 visible characters."
        )
    return secret
