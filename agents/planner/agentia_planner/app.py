"""The planner: an executor over the mesh, whose plans a language model or rules make."""

from __future__ import annotations

from agentia_fabric.hosting import Place, Service
from agentia_fabric.settings import MeshSettings
from agentia_kit import service_of
from agentia_planner.card import CARD
from agentia_planner.executor import PlannerExecutor
from agentia_planner.planning import Planning


def service(place: Place) -> Service:
    """Serve the planner at `place`."""
    settings = MeshSettings.read()
    secret = settings.secret.get_secret_value() if settings.secret else None
    return service_of(place, PlannerExecutor(Planning(), settings.gateway, secret), CARD)
