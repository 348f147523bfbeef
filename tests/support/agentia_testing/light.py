"""The lightest services there are, for tests of what hosts them: ``NAME=agentia_testing.light:echo``."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route

from agentia_fabric.hosting import Place, Service
from agentia_fabric.http.client import client


def echo(place: Place) -> Service:
    """Answers with its own name and what was sent."""

    async def answer(request: Request) -> JSONResponse:
        return JSONResponse({"service": place.name, "body": (await request.body()).decode()})

    return Service(Starlette(routes=[Route("/", answer, methods=["GET", "POST"])]))


def broken(place: Place) -> Service:
    """A factory that fails."""
    raise RuntimeError(f"{place.name} has no\nsettings")


def stillborn(place: Place) -> Service:
    """A service whose lifespan fails."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        raise RuntimeError("no database")
        yield

    return Service(Starlette(lifespan=lifespan))


def endless(place: Place) -> Service:
    """Answers with a stream that never ends."""

    async def body() -> AsyncGenerator[bytes]:
        yield b"first\n"
        await asyncio.Event().wait()

    async def answer(_: Request) -> StreamingResponse:
        return StreamingResponse(body())

    return Service(Starlette(routes=[Route("/", answer)]))


def environment(_: Place) -> Service:
    """Answers with its environment."""

    async def answer(_: Request) -> JSONResponse:
        return JSONResponse(dict(os.environ))

    return Service(Starlette(routes=[Route("/", answer)]))


def parent(_: Place) -> Service:
    """Starts a process of its own and tells which."""

    async def answer(_: Request) -> JSONResponse:
        process = await asyncio.create_subprocess_exec("sleep", "600")
        return JSONResponse({"pid": process.pid})

    return Service(Starlette(routes=[Route("/", answer)]))


def stubborn(_: Place) -> Service:
    """Blocks its event loop for good when it is asked anything."""

    async def answer(_: Request) -> JSONResponse:
        threading.Event().wait(600)
        return JSONResponse({})

    return Service(Starlette(routes=[Route("/", answer)]))


def farewell(_: Place) -> Service:
    """Calls the gateway when it ends, and writes the status into DATA/farewell."""
    data = Path(os.environ["AGENTIA_DATA"])

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        yield
        async with client() as http:
            answer = await http.get(os.environ["AGENTIA_GATEWAY"])
        (data / "farewell").write_text(str(answer.status_code))

    return Service(Starlette(lifespan=lifespan))
