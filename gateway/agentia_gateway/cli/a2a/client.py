"""Speaks A2A 1.0 with one address, by JSON-RPC (section 9)."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

import httpx2

from agentia_gateway.cli.a2a.event import Event, Json, part_of
from agentia_gateway.cli.gateway import refuse_errors, unreachable, unreachable_as_failure

UNSUPPORTED, METHOD_UNKNOWN = -32004, -32601
MAX_EVENT = 64 * 1024 * 1024
"""Bytes of one event: a file may come in one piece."""


class RpcError(Exception):
    """The agent, or the mesh, answered with an error; `code` is JSON-RPC's."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class StreamBroken(Exception):  # noqa: N818 - it says what happened
    """The stream ended in the middle; the task may go on without us."""


class A2AClient:
    """The agent at `url`. Calls raise `RpcError`, and `Failure` when nobody answers."""

    def __init__(self, http: httpx2.Client, url: str) -> None:
        self.url = url
        self._http = http
        self._ids = itertools.count(1)

    def call(self, method: str, params: Mapping[str, Any]) -> Json:
        """One call, one answer."""
        with unreachable_as_failure(self.url):
            response = self._http.post(self.url, json=self._envelope(method, params), headers=_HEADERS)
            return self._result(response)

    def stream(self, method: str, params: Mapping[str, Any]) -> Iterator[Event]:
        """The events that answer a streaming call.

        Raises:
            StreamBroken: the connection was lost after the first event.
        """
        begun = False
        try:
            for result in self._results(method, params):
                if event := Event.read(result):
                    begun = True
                    yield event
        except (httpx2.TransportError, httpx2.InvalidURL) as error:
            failure = unreachable(self.url, error)
            raise (StreamBroken(failure.message) if begun else failure) from None

    def _results(self, method: str, params: Mapping[str, Any]) -> Iterator[Json]:
        opened = self._http.sse(
            self.url,
            method="POST",
            json=self._envelope(method, params),
            headers=_HEADERS,
            max_event_size=MAX_EVENT,
        )
        with opened as source:
            kind = source.response.headers.get("content-type", "")
            if not kind.startswith("text/event-stream"):
                source.response.read()
                yield self._result(source.response)
                return
            for event in source:
                if event.data:
                    yield _unwrapped(event.data)

    def _result(self, response: httpx2.Response) -> Json:
        """The result in an answer that is no stream; errors may come with any HTTP status."""
        if "json" not in response.headers.get("content-type", ""):
            refuse_errors(response, self.url)
        if response.status_code == 401:
            refuse_errors(response, self.url)
        return _unwrapped(response.text)

    def _envelope(self, method: str, params: Mapping[str, Any]) -> Json:
        return {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": params}


def streams_not(error: RpcError) -> bool:
    """Whether an agent refused a streaming call because it does not stream."""
    return error.code in (UNSUPPORTED, METHOD_UNKNOWN)


_HEADERS = {"A2A-Version": "1.0", "Accept": "text/event-stream, application/json"}


def _unwrapped(text: str) -> Json:
    """The result of a JSON-RPC response. Raises `RpcError` when it holds an error or is none."""
    try:
        answer: object = json.loads(text)
    except ValueError:
        answer = None
    envelope = cast(Json, answer) if isinstance(answer, dict) else {}
    if "result" in envelope:
        return part_of(envelope, "result")
    error = part_of(envelope, "error")
    # Some servers answer with a problem document instead: {"code": …, "message": …}
    message = error.get("message") or envelope.get("message") or "The answer is no JSON-RPC response."
    code = error.get("code")
    raise RpcError(code if isinstance(code, int) else 0, str(message))
