"""From a service's name to the service."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, cast

from agentia_fabric.errors import ServiceUnknown
from agentia_fabric.hosting import ENTRY_POINTS

if TYPE_CHECKING:
    from agentia_fabric.hosting import Place, Service, ServiceFactory


def build(name: str, factory: str | None, place: Place) -> Service:
    """Import what offers the service (``module:attribute``, None: the entry point) and have it built.

    Raises:
        ServiceUnknown: nothing that is installed offers it.
        Exception: whatever the import or the factory raise.
    """
    module, _, attribute = (factory or _offered(name)).partition(":")
    return cast("ServiceFactory", getattr(import_module(module), attribute))(place)


def _offered(name: str) -> str:
    for point in entry_points(group=ENTRY_POINTS, name=name):
        return point.value
    known = ", ".join(sorted(point.name for point in entry_points(group=ENTRY_POINTS)))
    raise ServiceUnknown(name, f"There is no service {name!r}; installed are {known or 'none'}.")
