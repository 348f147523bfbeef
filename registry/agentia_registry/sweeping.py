"""Looks at the leases again and again."""

from __future__ import annotations

import asyncio
import time

import structlog

from agentia_fabric.errors import StoreError
from agentia_registry.pace import Pace
from agentia_registry.registrations import Registrations

log = structlog.stdlib.get_logger(__name__)


async def sweep(registrations: Registrations, pace: Pace) -> None:
    """Take out what ran out, until cancelled.

    When this process was stopped for a while (a laptop's sleep, a debugger), nobody could renew: that time
    does not count.
    """
    last = time.monotonic()
    while True:
        await asyncio.sleep(pace.sweep)
        now = time.monotonic()
        stood_still = now - last - pace.sweep
        if stood_still > pace.renew / 2:
            log.warning("stood_still", seconds=round(stood_still, 1))
            registrations.leases.forgive(stood_still)
        last = now
        try:
            await registrations.expire(now)
        except StoreError as error:
            log.error("store_failed", reason=str(error))
