"""Makes the plan: an agent of openai-agents whose output is a `Plan`, with a language model or with rules."""

from __future__ import annotations

from agents import Agent, RunConfig, Runner

from agentia_kit.models import Chosen, choose
from agentia_kit.rule import Answer, Turn
from agentia_kit.thinking.tracing import keep_traces_here
from agentia_planner.grammar import plan
from agentia_planner.plan import MOST_STEPS, Plan, Step

INSTRUCTIONS = f"""
You split a task into at most {MOST_STEPS} steps, each for one agent that only knows what its step says.
Other agents compute figures from tables and chart them, find and quote in documents, and write short texts.

1. Keep the words of the task: names of files, numbers, forms and lengths. Do not answer the task and add
   no steps that nobody asked for. A task for one agent is one step.
2. What is about the same figures stays in one step: "which region sold most? Chart it" is one step.
3. `needs` lists the numbers of earlier steps whose results a step works on: a brief needs what it is about.
   Steps that need nothing of each other run side by side.
""".strip()


class PlannerRules:
    """The rule book: the grammar of clauses."""

    name = "planner"
    longest_question = 100_000
    """A task may carry the material of a step in its own words."""

    def next(self, turn: Turn) -> Answer:
        """The plan as JSON."""
        found = plan(turn.question) or Plan(steps=[Step(task=turn.question, needs=[])])
        return Answer(found.model_dump_json())


class Planning:
    """The one that thinks; `label` says with what."""

    def __init__(self, chosen: Chosen | None = None) -> None:
        chosen = chosen or choose("planner", PlannerRules())
        self.label = chosen.label
        self._agent = Agent[None](
            name="planner", instructions=INSTRUCTIONS, model=chosen.model, output_type=Plan
        )
        keep_traces_here()

    async def plan(self, task: str) -> Plan:
        """The plan of a task that has words. Raises what a model may raise (see the kit's failures)."""
        result = await Runner.run(self._agent, task, max_turns=2, run_config=RunConfig(tracing_disabled=True))
        return result.final_output_as(Plan, raise_if_incorrect_type=True)
