"""How well search routes: `python benchmarks/routing/measure.py FOLDER`.

FOLDER holds `cards.jsonl` (agent, description, examples), `single.jsonl` (query, agents) and
`foreign.jsonl` (query). Measured through the finder that the registry answers with, for all agents at once
and for meshes of a few of them: R@1 and R@5 (the right agent is the first, among the first five), AUC of
the best score between queries that somebody is there for and queries that nobody is there for, the share of
the first that pass the cut-off, and the share of the second that pass it (false accepts).
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agentia_fabric.directory.wire import AgentRecord, Candidate, Find
from agentia_registry.search.catalogue import Catalogue
from agentia_registry.search.finding import Finder
from agentia_registry.search.fts import FtsIndex

EXAMPLES = (0, 3, 5)
MESH_SIZES = (4, 20)
MESHES = 30
QUERIES = 600
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Query:
    """A text, and the agent that should come first; None for a query that no agent is for."""

    text: str
    agent: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best score that a query reached, and the place of the right agent (0 is the first)."""

    score: float
    capable: bool
    place: int | None


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def finder(cards: Iterable[dict[str, Any]], examples: int) -> Finder:
    """A finder over these cards, each with one skill."""
    catalogue = Catalogue(FtsIndex())
    for card in cards:
        name = card["agent"]
        skill: dict[str, Any] = {
            "id": name,
            "name": name,
            "description": card["description"],
            "tags": [],
            "examples": card["examples"][:examples],
        }
        catalogue.put(
            AgentRecord(
                identifier=name,
                name=name,
                publisher="localhost",
                kind="kit",
                card={"name": name, "skills": [skill]},
                digest=name,
                version=1,
                registered_at=0,
            )
        )
    return Finder(catalogue)


def ask(where: Finder, query: Query) -> Outcome:
    """Put one query."""
    found = where.find(Find(text=query.text, limit=5))
    ranked: list[Candidate] = [*found.capable, *found.nearest]
    names = [candidate.name for candidate in ranked]
    place = names.index(query.agent) if query.agent in names else None
    return Outcome(ranked[0].score if ranked else 0.0, bool(found.capable), place)


def auc(right: Sequence[float], foreign: Sequence[float]) -> float:
    """The chance that a right query scores above a foreign one; ties count half."""
    ordered = sorted([(score, 0) for score in foreign] + [(score, 1) for score in right])
    ranks: dict[float, list[int]] = {}
    for rank, (score, _) in enumerate(ordered, 1):
        ranks.setdefault(score, []).append(rank)
    total = sum(sum(ranks[score]) / len(ranks[score]) for score in right)
    return (total - len(right) * (len(right) + 1) / 2) / (len(right) * len(foreign))


def line(title: str, right: Sequence[Outcome], foreign: Sequence[Outcome]) -> str:
    """One row of the table."""

    def share(outcomes: Sequence[Outcome], chosen: Iterable[bool]) -> str:
        return f"{100 * sum(chosen) / len(outcomes):6.1f}"

    return "  ".join(
        (
            f"{title:28}",
            share(right, (outcome.place == 0 for outcome in right)),
            share(right, (outcome.place is not None and outcome.place < 5 for outcome in right)),
            f"{auc([o.score for o in right], [o.score for o in foreign]):6.3f}",
            share(right, (outcome.capable for outcome in right)),
            share(foreign, (outcome.capable for outcome in foreign)),
        )
    )


def small_meshes(
    cards: list[dict[str, Any]], queries: list[Query], foreign: list[Query], size: int, examples: int
) -> tuple[list[Outcome], list[Outcome]]:
    """Meshes of a few agents; queries for agents that are not there are foreign, too."""
    chance = random.Random(SEED)  # noqa: S311 - a sample that is the same each time
    right: list[Outcome] = []
    wrong: list[Outcome] = []
    for _ in range(MESHES):
        members = chance.sample(cards, size)
        names = {card["agent"] for card in members}
        where = finder(members, examples)
        own = [query for query in queries if query.agent in names]
        others = [query for query in chance.sample(queries, 20) if query.agent not in names]
        right += [ask(where, query) for query in chance.sample(own, min(30, len(own)))]
        wrong += [ask(where, query) for query in chance.sample(foreign, 20) + others]
    return right, wrong


def main(folder: Path) -> None:
    """Print the table."""
    cards = rows(folder / "cards.jsonl")
    queries = [Query(row["query"], row["agents"][0]) for row in rows(folder / "single.jsonl")]
    foreign = [Query(row["query"], None) for row in rows(folder / "foreign.jsonl")]
    sample = random.Random(SEED).sample(queries, QUERIES)  # noqa: S311 - the same each time
    print(f"{'':28}     R@1     R@5     AUC  accepted  false accepts")
    for examples in EXAMPLES:
        where = finder(cards, examples)
        outcomes = [ask(where, query) for query in sample], [ask(where, query) for query in foreign]
        print(line(f"{len(cards)} agents, {examples} examples", *outcomes))
        for size in MESH_SIZES:
            print(
                line(
                    f"{size} agents, {examples} examples",
                    *small_meshes(cards, queries, foreign, size, examples),
                )
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
