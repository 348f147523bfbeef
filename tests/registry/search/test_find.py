"""What is found, and what honestly is not, in a mesh as small as everyday ones."""

from __future__ import annotations

from typing import Any

import pytest

from agentia_fabric.directory.wire import AgentRecord, Candidate, Find, Found
from agentia_registry.search.catalogue import Catalogue
from agentia_registry.search.finding import Finder
from agentia_registry.search.fts import FtsIndex
from agentia_testing.cards import card_1_0


def agent(name: str, digest: str = "1", **skill: Any) -> AgentRecord:
    filled = {"id": f"{name}-skill", "name": name, "description": "", "tags": []} | skill
    return AgentRecord(
        identifier=f"urn:air:localhost:agents:{name}",
        name=name,
        publisher="localhost",
        kind="kit",
        card=card_1_0(skills=[filled]),
        digest=digest,
        version=1,
        registered_at=0,
    )


SMALL_MESH = [
    agent(
        "cook",
        description="Suggests recipes for the ingredients that are in the fridge.",
        examples=["What can I cook with aubergines and rice?", "A vegetarian dinner for six"],
    ),
    agent(
        "meteorologist",
        description="Tells the weather and the forecast for a town.",
        examples=["Will it rain in Ghent tomorrow?", "How hot does it get in Seville in July?"],
        outputModes=["image/png"],
    ),
    agent(
        "tax-adviser",
        description="Answers questions about income tax and deductions.",
        examples=["Can I deduct my home office?", "When is the tax return due?"],
    ),
]


@pytest.fixture
def catalogue() -> Catalogue:
    catalogue = Catalogue(FtsIndex())
    for one in SMALL_MESH:
        catalogue.put(one)
    return catalogue


@pytest.fixture
def finder(catalogue: Catalogue) -> Finder:
    return Finder(catalogue)


def names(candidates: list[Candidate]) -> list[str]:
    return [candidate.name for candidate in candidates]


def found(finder: Finder, text: str, **filters: Any) -> Found:
    return finder.find(Find(text=text, **filters))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I have aubergines, what could I be cooking for dinner?", "cook"),
        ("forecasts for Seville please", "meteorologist"),
        ("Is a deduction for my office possible?", "tax-adviser"),
    ],
)
def test_the_agent_that_can_do_it_is_the_first(finder: Finder, text: str, name: str):
    assert names(found(finder, text).capable)[:1] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Who composed the Goldberg variations?",
        "Can you tell me what I should do about my noisy neighbours?",
        "Please help me, I want to know how it is done.",
        "Translate this letter into Finnish",
        "🚂 東京 ?!",
    ],
)
def test_what_nobody_can_do_has_nobody_capable(finder: Finder, text: str):
    assert found(finder, text).capable == []


def test_common_words_alone_make_nobody_capable_however_few_agents_there_are():
    catalogue = Catalogue(FtsIndex())
    catalogue.put(SMALL_MESH[1])
    assert Finder(catalogue).find(Find(text="How does it get to the end of the day?")).capable == []


def test_the_nearest_come_with_their_scores_below_the_cutoff(finder: Finder):
    answer = found(finder, "Can you tell me what I should do about my noisy neighbours?")
    assert answer.nearest
    assert all(0 < candidate.score < answer.cutoff for candidate in answer.nearest)


def test_the_words_that_matched_are_the_callers_own(finder: Finder):
    assert set(found(finder, "Raining in GHENT?").capable[0].matched) >= {"raining", "ghent"}


def test_by_skill_alone_whoever_has_it_is_capable(finder: Finder):
    answer = found(finder, "", skill="cook-skill")
    assert [(candidate.name, candidate.score) for candidate in answer.capable] == [("cook", 100.0)]
    assert found(finder, "", skill="nobody-has-it").capable == []


def test_by_skill_the_text_does_not_decide_who_is_capable(finder: Finder):
    assert names(found(finder, "Goldberg variations", skill="cook-skill").capable) == ["cook"]


def test_an_excluded_agent_is_dropped_with_the_reason(finder: Finder):
    answer = found(finder, "Will it rain in Ghent?", exclude=["meteorologist"])
    assert answer.capable == []
    assert [(dropped.name, dropped.reason) for dropped in answer.dropped] == [
        ("meteorologist", "The caller has excluded it.")
    ]


@pytest.mark.parametrize(
    ("mode", "capable"), [("image/png", 1), ("image/*", 1), ("IMAGE/PNG", 1), ("text/csv", 0)]
)
def test_output_modes_filter(finder: Finder, mode: str, capable: int):
    answer = found(finder, "Will it rain in Ghent?", output_modes=[mode])
    assert len(answer.capable) == capable
    assert len(answer.dropped) == 1 - capable


def test_an_agent_that_left_is_not_found(catalogue: Catalogue, finder: Finder):
    catalogue.remove(SMALL_MESH[1].identifier, "meteorologist")
    assert found(finder, "Will it rain in Ghent?").capable == []
    assert len(catalogue.documents) == 2


def test_a_changed_card_is_found_by_its_new_words_only(catalogue: Catalogue, finder: Finder):
    catalogue.put(agent("meteorologist", digest="2", description="Knows the tides at Ostend harbour."))
    assert names(found(finder, "tides in Ostend").capable) == ["meteorologist"]
    assert found(finder, "Will it rain tomorrow?").capable == []


def test_examples_beyond_the_fifth_do_not_count(catalogue: Catalogue, finder: Finder):
    examples = [*(f"number {n}" for n in range(5)), "Who composed the Goldberg variations?"]
    catalogue.put(agent("stuffed", description="Stuffed.", examples=examples))
    assert "stuffed" not in names(found(finder, "Who composed the Goldberg variations?").capable)


def test_an_agent_is_found_by_the_tags_that_name_what_it_has_at_hand(catalogue: Catalogue, finder: Finder):
    filler = [f"column{n}" for n in range(60)]
    prose = "Computes totals, averages and rankings of columns in tables, by any other column."
    catalogue.put(agent("analyst", description=prose, tags=["table", "harvest", "island", "crates", *filler]))
    assert names(found(finder, "Which island has the most crates?").capable) == ["analyst"]
    assert found(finder, "Which composer wrote the most operas?").capable == []


def test_tags_beyond_the_sixty_fourth_do_not_count(catalogue: Catalogue, finder: Finder):
    tags = [*(f"number{n}" for n in range(64)), "goldberg variations"]
    catalogue.put(agent("stuffed", description="Stuffed.", tags=tags))
    assert found(finder, "Who composed the Goldberg variations?").capable == []


def test_a_tag_full_of_prose_gains_nothing_over_a_description(catalogue: Catalogue, finder: Finder):
    prose = " ".join(f"word{n}" for n in range(200)) + " goldberg"
    catalogue.put(agent("described", description=prose))
    catalogue.put(agent("tagged", tags=[prose]))
    scores = [each.score for each in found(finder, "Who composed the Goldberg variations?").nearest[:2]]
    assert scores[0] - scores[1] < 1


def test_an_empty_mesh_finds_nobody():
    answer = Finder(Catalogue(FtsIndex())).find(Find(text="anything"))
    assert (answer.capable, answer.nearest, answer.dropped) == ([], [], [])


@pytest.mark.parametrize(
    "text", ['"', "a OR b", "NEAR(", "*", "stems:", "\x00", "½ ² ª", "ß", "a" * 20_000, "x y " * 9000]
)
def test_no_text_breaks_it(finder: Finder, text: str):
    found(finder, text)
