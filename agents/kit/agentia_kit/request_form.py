"""Takes the requests that are meant well though written badly, and refuses those of web forms.

A base URL with a slash joined to a path with one makes two: they count as one. A body that does not say it is
JSON is what a page of another origin can send without being asked (a form's `text/plain`): 415.
"""

from __future__ import annotations

import orjson
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

CODE = -32005
"""`ContentTypeNotSupportedError` (A2A 1.0 §5.4)."""


class RequestForm:
    """The ASGI wrapper."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with single slashes; or answer 415."""
        if scope["type"] == "http":
            if "//" in scope["path"]:
                scope = {**scope, "path": f"/{scope['path'].lstrip('/')}"}
            if scope["method"] == "POST" and not _is_json(Headers(scope=scope).get("content-type", "")):
                await _refusal(scope["path"])(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _is_json(content_type: str) -> bool:
    """Whether the body says it is JSON, or says nothing."""
    kind = content_type.partition(";")[0].strip().lower()
    return kind in ("", "application/json") or kind.endswith("+json")


def _refusal(path: str) -> Response:
    sentence = "The request's Content-Type must be application/json or application/a2a+json"
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "CONTENT_TYPE_NOT_SUPPORTED",
        "domain": "a2a-protocol.org",
    }
    error: dict[str, object] = {"code": CODE, "message": sentence, "data": [info]}
    if path != "/":
        error = {"code": 415, "status": "INVALID_ARGUMENT", "message": sentence, "details": [info]}
        return Response(orjson.dumps({"error": error}), 415, media_type="application/json")
    body = {"jsonrpc": "2.0", "id": None, "error": error}
    return Response(orjson.dumps(body), 415, media_type="application/json")
