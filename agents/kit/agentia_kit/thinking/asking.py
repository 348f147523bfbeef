"""The tool `ask_back`: an agent that lacks something asks its caller, and the task waits for the answer."""

from __future__ import annotations

from agents import RunContextWrapper, StopAtTools, function_tool

from agentia_kit.thinking.task import Task


@function_tool
async def ask_back(context: RunContextWrapper[Task], question: str) -> str:
    """Ask the person one question when the task cannot be done without the answer; then stop."""
    context.context.ask(question)
    return question


STOP_AT_QUESTIONS = StopAtTools(stop_at_tool_names=["ask_back"])
"""For `Agent(tool_use_behavior=…)`: the run ends with the question."""
