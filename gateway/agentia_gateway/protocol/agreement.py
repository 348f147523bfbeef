"""Whether caller and agent speak the same: version first, then binding (A2A 1.0 §3.6.2)."""

from __future__ import annotations

from agentia_cards.model import Interface
from agentia_gateway.directory import Agent
from agentia_gateway.errors import UnsupportedOperation, VersionNotSupported
from agentia_gateway.protocol.call import Caller


def agreed(agent: Agent, caller: Caller) -> Interface:
    """Where the agent speaks as the caller does.

    Raises:
        VersionNotSupported: the agent does not speak the caller's version.
        UnsupportedOperation: it does, but in another binding.
    """
    interface = agent.interface(caller.binding, caller.version)
    if interface is not None:
        return interface
    speaks = agent.card.speaks
    if caller.version not in speaks:
        raise not_spoken(agent.name, caller.version, speaks)
    bindings = [each.binding for each in agent.card.interfaces if each.version == caller.version]
    raise UnsupportedOperation(
        f"The agent {agent.name} speaks A2A {caller.version} by {', '.join(bindings)}, "
        f"not by {caller.binding}.",
        agent=agent.name,
        bindings=",".join(bindings),
    )


def not_spoken(name: str, version: str, speaks: tuple[str, ...]) -> VersionNotSupported:
    """The error for a version that is not spoken; an empty header means 0.3."""
    spoken = " and ".join(speaks) or "no version that is known here"
    return VersionNotSupported(
        f"{name} speaks A2A {spoken}, not {version[:20]}; say which in the header A2A-Version.",
        requested=version[:20],
        supported=",".join(speaks),
    )
