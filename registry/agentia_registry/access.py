"""Who may write: everybody on this machine; from elsewhere, whoever has a passport of this mesh."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.requests import Request

from agentia_fabric.errors import PassportError
from agentia_fabric.identity import HEADER, Passports
from agentia_registry.errors import PrincipalNeeded

AUDIENCE = "registry"


class Access:
    """``passports`` is None while the mesh has no secret; then nobody writes from elsewhere."""

    def __init__(self, passports: Passports | None) -> None:
        self._passports = passports

    def may_write(self, request: Request) -> None:
        """Raises ``PrincipalNeeded``."""
        if request.client is not None and _is_loopback(request.client.host):
            return
        if self._passports is None:
            raise PrincipalNeeded("Set AGENTIA_SECRET at the registry to let other machines write to it.")
        try:
            self._passports.open(request.headers.get(HEADER), AUDIENCE)
        except PassportError as error:
            raise PrincipalNeeded(str(error)) from error


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
