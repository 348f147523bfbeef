"""The built-in model that is no language model: rules that map a question to tool calls and an answer.

An agent gives a :class:`RuleBook`; :class:`RuleModel` makes a model of openai-agents of it, so that the same
agent runs with or without a language model. It is deterministic and says of itself ``rule:<name>``.
"""

from agentia_kit.rule.book import Answer, Call, Calls, Fault, Result, RuleBook, Said, ToolAtHand, Turn
from agentia_kit.rule.model import QuestionTooLong, RuleModel

__all__ = [
    "Answer",
    "Call",
    "Calls",
    "Fault",
    "QuestionTooLong",
    "Result",
    "RuleBook",
    "RuleModel",
    "Said",
    "ToolAtHand",
    "Turn",
]
