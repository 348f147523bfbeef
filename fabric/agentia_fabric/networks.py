"""The networks that an operator permits the safe fetcher to reach besides public ones."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LOOPBACK: tuple[Network, ...] = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))


@dataclass(frozen=True, slots=True)
class Networks:
    """A set of networks; :meth:`parse` reads ``AGENTIA_FETCH_ALLOW``."""

    members: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Networks:
        """Read networks in CIDR form, comma-separated; ``loopback`` stands for those of this machine.

        Raises:
            ValueError: a part is neither; the text names it.
        """
        members: list[Network] = []
        for part in (raw.strip() for raw in text.split(",")):
            if part == "loopback":
                members.extend(LOOPBACK)
            elif part:
                members.append(ip_network(part))
        return cls(tuple(members))

    def __contains__(self, address: Address) -> bool:
        return any(address.version == network.version and address in network for network in self.members)

    def __str__(self) -> str:
        return ",".join(str(network) for network in self.members)
