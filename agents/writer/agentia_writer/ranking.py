"""Who leads, who follows and what that means, in sentences that tell nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from statistics import median

from agentia_kit.language.numbers import figure, share

_FEW = 3
"""Names that a sentence lists."""


@dataclass(frozen=True)
class Ranking:
    """Two or more labels with their values. `adds_up`: a sum of the values says something.

    `stated` is the total that the material names; where it is not the sum of the rows, there are more
    rows than these.
    """

    rows: tuple[tuple[str, float], ...]
    name: str
    label: str
    adds_up: bool = True
    stated: float | None = None

    @cached_property
    def ordered(self) -> list[tuple[str, float]]:
        """Highest first."""
        return sorted(self.rows, key=lambda row: -row[1])

    @cached_property
    def total(self) -> float:
        """Of these rows."""
        return round(sum(value for _, value in self.rows), 6)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than these."""
        return self.stated is not None and self.stated > self.total * 1.000001

    @property
    def whole(self) -> float:
        """What shares are of; 0 where shares mean nothing."""
        return (self.stated if self.is_cut and self.stated else self.total) if self.adds_up else 0

    @property
    def labels(self) -> str:
        """What the rows are: `4 regions`."""
        return f"{len(self.rows)} {_plural(self.label)}"


def ranking(given: Ranking) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The figures: leader, runner-up, range. The meaning: concentration, proportion, average."""
    figures = (_leader(given), *_second(given), *_last(given))
    meaning = (*_concentration(given), *_proportion(given), *_middle(given))
    return figures, meaning


def _leader(given: Ranking) -> str:
    (first, most), (second, next_most) = given.ordered[:2]
    made = (
        f"{figure(given.whole)} in all"
        if given.is_cut
        else f"the {figure(given.whole)} that all {given.labels} make together"
    )
    if most == next_most:
        return f"{first} and {second} share the highest {given.name} with {figure(most)} each."
    part = f", {share(most, given.whole)} of {made}" if given.whole else ""
    return f"{first} has the highest {given.name} with {figure(most)}{part}."


def _second(given: Ranking) -> list[str]:
    (_, most), (second, value) = given.ordered[:2]
    gap = round(most - value, 6)
    return [f"{second} follows with {figure(value)}, {figure(gap)} behind."] if gap else []


def _last(given: Ranking) -> list[str]:
    """The other end, where it is known and not the runner-up."""
    if len(given.rows) < 3 or given.is_cut:
        return []
    last, least = given.ordered[-1]
    most = given.ordered[0][1]
    if least == given.ordered[1][1]:
        return []
    spread = figure(round(most - least, 6))
    return [f"{last} is last with {figure(least)}, so that {spread} lie between the first and the last."]


def _concentration(given: Ranking) -> list[str]:
    """How much of the whole the first few have."""
    count = 2 if len(given.rows) < 6 else 3
    if not given.whole or len(given.rows) <= count:
        return []
    first = given.ordered[:count]
    part = share(sum(value for _, value in first), given.whole)
    return [f"{_and([name for name, _ in first])} together have {part} of the total."]


def _proportion(given: Ranking) -> list[str]:
    (first, most), (last, least) = given.ordered[0], given.ordered[-1]
    if given.is_cut or least <= 0 or most == least:
        return []
    if most / least < 2:
        return [f"{first} is {share(most - least, least)} above {last}."]
    return [f"{first} reaches {figure(round(most / least, 1))} times the figure of {last}."]


def _middle(given: Ranking) -> list[str]:
    """The average and who lies above it; where a sum means nothing, the median."""
    if given.is_cut or given.ordered[0][1] == given.ordered[-1][1]:
        return []
    values = [value for _, value in given.rows]
    if not given.adds_up:
        return [f"Half of the {given.labels} lie at {figure(round(median(values), 6))} or above."]
    mean = round(given.total / len(values), 6)
    above = [name for name, value in given.ordered if value > mean]
    if len(above) > _FEW:
        return [
            f"The average per {given.label} is {figure(mean)}; "
            f"{len(above)} of the {given.labels} lie above it."
        ]
    verb = "lies" if len(above) == 1 else "lie"
    only = "only " if len(values) > 2 else ""
    return [f"The average per {given.label} is {figure(mean)}, and {only}{_and(above)} {verb} above it."]


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _plural(name: str) -> str:
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name[:-1] + "ies"
    return name if name.endswith("s") else name + "s"
