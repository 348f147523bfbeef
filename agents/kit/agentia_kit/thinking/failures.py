"""What went wrong in a run, as the state and the sentence that the caller gets."""

from __future__ import annotations

import openai
from a2a.types.a2a_pb2 import TaskState
from agents import (
    InputGuardrailTripwireTriggered,
    MaxTurnsExceeded,
    ModelBehaviorError,
    OutputGuardrailTripwireTriggered,
)
from agents.exceptions import AgentsException

from agentia_kit.reasons import one_line, root_cause
from agentia_kit.rule import QuestionTooLong
from agentia_kit.thinking.toolservers import down_in

FAILED = TaskState.TASK_STATE_FAILED


def ending(error: Exception) -> tuple[TaskState, str]:
    """State and one sentence; nothing of a traceback."""
    if down := down_in(error):
        return FAILED, str(down)
    match error:
        case InputGuardrailTripwireTriggered():
            name = error.guardrail_result.guardrail.get_name()
            return TaskState.TASK_STATE_REJECTED, f"The request was rejected by the guardrail {name!r}"
        case OutputGuardrailTripwireTriggered():
            name = error.guardrail_result.guardrail.get_name()
            return FAILED, f"The answer was withheld by the guardrail {name!r}"
        case MaxTurnsExceeded():
            return FAILED, "The agent needed more turns than it may take"
        case ModelBehaviorError():
            return FAILED, f"The model answered with something that cannot be used: {_first_line(error)}"
        case openai.APIError():
            return FAILED, _endpoint(error)
        case QuestionTooLong():
            return TaskState.TASK_STATE_REJECTED, str(error)
        case AgentsException():
            return FAILED, f"{_first_line(error)} ({root_cause(error)})" if error.__cause__ else _first_line(
                error
            )
        case _ if "Timeout" in type(error).__name__:
            return FAILED, "The model endpoint stopped in the middle of its answer"
        case _:
            return FAILED, one_line(error)


def _endpoint(error: openai.APIError) -> str:
    where = error.request.url.host if error.request else "?"
    match error:
        case openai.APITimeoutError():
            return f"The model endpoint {where} did not answer in time"
        case openai.APIConnectionError():
            return f"The model endpoint {where} cannot be reached: {root_cause(error)}"
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return (
                f"The model endpoint {where} refuses the key (status {error.status_code}); see OPENAI_API_KEY"
            )
        case openai.RateLimitError():
            return f"The model endpoint {where} limits the rate (status 429); try again later"
        case openai.APIStatusError():
            return (
                f"The model endpoint {where} answered with status {error.status_code}: {_first_line(error)}"
            )
        case _:
            return f"The model endpoint {where} broke off: {_first_line(error)}"


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
