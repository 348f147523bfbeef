"""Plans that a language model makes: the same shape as those of the rules, checked before anything runs."""

from __future__ import annotations

import pytest
from agents.exceptions import ModelBehaviorError
from agents.testing import ScriptedModel
from agents.testing.model import assistant_message
from pydantic import ValidationError

from agentia_kit.models import Chosen
from agentia_kit.thinking.failures import ending
from agentia_planner.plan import Plan, Step
from agentia_planner.planning import Planning


def planning(answer: str) -> Planning:
    return Planning(Chosen(ScriptedModel([[assistant_message(answer)]]), "scripted"))


async def test_a_model_s_plan_is_taken() -> None:
    plan = Plan(steps=[Step(task="Count the rows", needs=[]), Step(task="Write a brief", needs=[1])])
    assert await planning(plan.model_dump_json()).plan("Count the rows and write a brief") == plan


@pytest.mark.parametrize(
    "answer",
    [
        '{"steps": []}',
        '{"steps": [{"task": "a", "needs": [2]}, {"task": "b", "needs": []}]}',
        "I would rather not.",
    ],
)
async def test_a_plan_that_cannot_run_is_a_failure_in_one_sentence(answer: str) -> None:
    with pytest.raises(ModelBehaviorError) as caught:
        await planning(answer).plan("Count the rows")
    assert "\n" not in ending(caught.value)[1]


def test_a_step_may_not_need_itself() -> None:
    with pytest.raises(ValidationError):
        Plan(steps=[Step(task="a", needs=[1])])
