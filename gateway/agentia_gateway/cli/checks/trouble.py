"""What a check finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agentia_gateway.cli.checks.facts import Facts


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something is wrong: what, and what to do about it, in a sentence each."""

    what: str
    remedy: str


def always(_: Facts) -> bool:
    """Applies whatever there is."""
    return True


def here(facts: Facts) -> bool:
    """Applies when the mesh is on this machine, or would be."""
    return facts.here


def runs_here(facts: Facts) -> bool:
    """Applies when a mesh runs on this machine."""
    return facts.here and facts.running is not None


def answers(facts: Facts) -> bool:
    """Applies when a mesh answers, here or elsewhere."""
    return facts.status is not None


@dataclass(frozen=True, slots=True)
class Check:
    """`title` says what is fine when nothing is found; a check that does not apply says nothing."""

    title: str
    find: Callable[[Facts], Iterable[Trouble]]
    applies: Callable[[Facts], bool] = always
