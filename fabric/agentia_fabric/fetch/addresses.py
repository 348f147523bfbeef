"""Which addresses are public: reachable by anybody, and nobody's inside.

The lists are IANA's special-purpose registries (RFC 6890 and its updates), written out because the standard
library's answer differs between versions of Python.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Address, IPv6Network

from agentia_fabric.networks import Address

NOT_PUBLIC_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",  # shared by carriers; a cloud keeps its metadata at 100.100.100.200
            "127.0.0.0/8",
            "168.63.129.16/32",  # public by number, a cloud's own control address by use
            "169.254.0.0/16",  # link-local, metadata of most clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
PUBLIC_6 = IPv6Network("2000::/3")
"""All else, NAT64 (64:ff9b::/96) and IPv4-mapped addresses among it, is not handed out to hosts."""
NOT_PUBLIC_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # Teredo, benchmarking, ORCHID
            "2001:db8::/32",
            "2002::/16",  # 6to4: carries an IPv4 address of its maker's choice
            "3fff::/20",
        ),
    )
)


def plain(address: Address) -> Address:
    """The IPv4 address inside an IPv4-mapped one, any other as it is: what a socket really connects to."""
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def is_public(address: Address) -> bool:
    """Whether anybody on the internet reaches the same host there."""
    address = plain(address)
    if isinstance(address, IPv6Address):
        return address in PUBLIC_6 and not any(address in network for network in NOT_PUBLIC_6)
    return not any(address in network for network in NOT_PUBLIC_4)
