"""A plan: steps in plain words and what each needs of the others. A model's output has this shape too."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

MOST_STEPS = 12


class Step(BaseModel):
    """One piece of work for one agent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    task: str = Field(
        description="The task in the words of the person who asked; it goes to one agent as it is."
    )
    needs: list[int] = Field(
        description="Numbers, from 1, of earlier steps whose results this step works on."
    )


class Plan(BaseModel):
    """Steps in order. Steps that need nothing of each other run side by side."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    steps: list[Step]

    @field_validator("steps")
    @classmethod
    def _in_order(cls, steps: list[Step], info: ValidationInfo) -> list[Step]:
        if not 1 <= len(steps) <= MOST_STEPS:
            raise ValueError(f"a plan has 1 to {MOST_STEPS} steps")
        for number, step in enumerate(steps, 1):
            if any(not 1 <= need < number for need in step.needs):
                raise ValueError(f"step {number} may need only the steps before it")
        return steps
