"""The registry, composed: what there is, who knows whom, and what runs beside the requests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from agentia_fabric.fetch import Fetcher
from agentia_fabric.hosting import Place, Service
from agentia_fabric.identity import Passports
from agentia_fabric.mesh_id import mesh_id
from agentia_fabric.settings import MeshSettings
from agentia_registry.access import Access
from agentia_registry.joining import Joining
from agentia_registry.journal import Journal
from agentia_registry.outcomes import Outcomes
from agentia_registry.pace import Pace
from agentia_registry.probes import Probes
from agentia_registry.problems import HANDLERS
from agentia_registry.registrations import Registrations
from agentia_registry.roster import Roster
from agentia_registry.routes import Routes
from agentia_registry.search.catalogue import Catalogue
from agentia_registry.search.finding import Finder
from agentia_registry.search.fts import FtsIndex
from agentia_registry.store import Store
from agentia_registry.sweeping import sweep
from agentia_registry.watch import Watch

FILE = "registry.sqlite3"
BODY_LIMIT = 1024 * 1024
"""Bytes: a batch of outcomes is the largest body there is."""


def service(_: Place) -> Service:
    """The registry as the settings describe it."""
    return build(MeshSettings.read())


def build(settings: MeshSettings, pace: Pace | None = None) -> Service:
    """The registry; ``pace`` is the contract's unless a test brings its own."""
    pace = pace or Pace()
    store = Store(settings.data / FILE)
    journal = Journal()
    catalogue = Catalogue(FtsIndex())
    roster = Roster([journal, catalogue])
    registrations = Registrations(roster, journal, store, pace)
    fetcher = Fetcher(settings.fetch_allow)
    secret = None if settings.secret is None else settings.secret.get_secret_value()
    joining = Joining(fetcher, registrations, secret and mesh_id(secret))
    probes = Probes(roster, registrations, joining, pace)
    passports = None if secret is None else Passports(secret)
    routes = Routes(
        access=Access(passports),
        roster=roster,
        journal=journal,
        registrations=registrations,
        joining=joining,
        finder=Finder(catalogue),
        outcomes=Outcomes(roster, store),
        watch=Watch(journal, ping=pace.ping),
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        async with fetcher:
            await store.open()
            try:
                await registrations.load()
                async with asyncio.TaskGroup() as beside:
                    running = [
                        beside.create_task(sweep(registrations, pace)),
                        beside.create_task(probes.run()),
                    ]
                    yield
                    for task in running:
                        task.cancel()
            finally:
                await store.close()

    app = Starlette(routes=routes.all(), exception_handlers=HANDLERS, lifespan=lifespan)
    return Service(app, body_limit=BODY_LIMIT, stopping=journal.close)
