"""Plain HTTP to the mesh: its status, its registry. Whatever goes wrong becomes a `Failure`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast

import httpx2

from agentia_gateway.cli.a2a.event import Json, parts_of
from agentia_gateway.cli.address import api_key
from agentia_gateway.cli.failure import ExitCode, Failure

CONNECT_SECONDS = 5.0
CALL_SECONDS = 60.0
SILENCE_SECONDS = 300.0
"""How long a stream may be silent; our own servers send a ping every few seconds."""


@contextmanager
def http_client(silence: float = CALL_SECONDS) -> Generator[httpx2.Client]:
    """A client with bounds on everything; sends the mesh's key when the settings have one."""
    key = api_key()
    with httpx2.Client(
        timeout=httpx2.Timeout(connect=CONNECT_SECONDS, read=silence, write=30.0, pool=CONNECT_SECONDS),
        headers={"Authorization": f"Bearer {key}"} if key else {},
        trust_env=False,
        follow_redirects=False,
    ) as client:
        yield client


class Refused(Failure):
    """The mesh did not do it; `details` are what it says about single points, such as the lint's findings."""

    def __init__(self, message: str, details: list[Json]) -> None:
        super().__init__(message)
        self.details = details


class Gateway:
    """The mesh at one address. `url` ends with `/`; `patience` is how many seconds an answer may take."""

    def __init__(self, url: str, patience: float = CALL_SECONDS) -> None:
        self.url = url
        self._patience = patience

    def get(self, path: str) -> Any:
        """The JSON at a path. Raises `Failure`."""
        return self._call("GET", path)

    def post(self, path: str, body: Any) -> Any:
        """The JSON that the mesh answers to a JSON body. Raises `Failure`."""
        return self._call("POST", path, body)

    def delete(self, path: str) -> None:
        """Delete what is at a path. Raises `Failure`."""
        self._call("DELETE", path)

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        with http_client(self._patience) as client, unreachable_as_failure(self.url):
            response = client.request(method, f"{self.url}{path}", json=body)
            refuse_errors(response, self.url)
            return response.json() if response.content else None


@contextmanager
def unreachable_as_failure(url: str) -> Generator[None]:
    """Turn every way in which a call gets no answer into a `Failure`."""
    try:
        yield
    except (httpx2.TransportError, httpx2.InvalidURL) as error:
        raise unreachable(url, error) from None


def unreachable(url: str, error: Exception) -> Failure:
    """What to tell when nobody answered."""
    check = "Look at what is wrong with `agentia-mesh check`."
    match error:
        case httpx2.InvalidURL() | httpx2.UnsupportedProtocol():
            return Failure(f"{url} is no address of a mesh: {error}", code=ExitCode.USAGE)
        case httpx2.ConnectError() | httpx2.ConnectTimeout():
            start = "Start one with `agentia-mesh up`, or name another with --gateway URL."
            return Failure(f"No mesh answers at {url}", start, ExitCode.UNREACHABLE)
        case httpx2.TimeoutException():
            return Failure(f"The mesh at {url} took too long to answer.", check, ExitCode.UNREACHABLE)
        case _:
            reason = str(error) or type(error).__name__
            return Failure(f"The connection to {url} broke: {reason}", check, ExitCode.UNREACHABLE)


def refuse_errors(response: httpx2.Response, url: str) -> None:
    """Raise `Failure` for an answer that is an error, with the sentence that the mesh gave."""
    if response.status_code < 400:
        return
    if response.status_code == 401:
        raise Failure(
            f"The mesh at {url} wants a key.", "Set AGENTIA_API_KEY to the one it was started with."
        )
    problem = _problem(response)
    message = str(problem.get("message") or f"{url} answered with HTTP {response.status_code}.")
    raise Refused(message, parts_of(problem, "details"))


def _problem(response: httpx2.Response) -> dict[str, Any]:
    try:
        body: object = response.json()
    except ValueError:
        return {}
    return cast("dict[str, Any]", body) if isinstance(body, dict) else {}
