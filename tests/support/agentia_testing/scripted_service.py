"""The scripted agent as a service, for processes of their own that are killed."""

from __future__ import annotations

import os
from pathlib import Path

from agentia_fabric.hosting import Place, Service
from agentia_kit import service_of
from agentia_testing.scripted_agent import CARD, Scripted


def service(place: Place) -> Service:
    """On the data of the environment; `SCRIPTED_RESUMABLE=no` declares that it cannot start a task twice."""
    data = Path(os.environ["AGENTIA_DATA"])
    resumable = os.environ.get("SCRIPTED_RESUMABLE") != "no"
    return service_of(place, Scripted(data / "diary"), CARD, resumable=resumable, log=data / "tasks.db")
