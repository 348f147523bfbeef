"""`agentia-mesh "Which region sold most?"` means `agentia-mesh ask "Which region sold most?"`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches


def with_ask(arguments: Sequence[str], commands: Collection[str], options: Collection[str]) -> list[str]:
    """The arguments with `ask` in front when they name no command.

    `options` are those of the command as a whole, such as `--help`. A single word that is close to a
    command's name stays as it is: it is a slip of the finger rather than a task.
    """
    if not arguments or arguments[0] in options or arguments[0] in commands:
        return list(arguments)
    first = arguments[0]
    if first.partition("=")[0] in options:
        return list(arguments)
    if not first.startswith("-") and " " not in first and get_close_matches(first, commands, cutoff=0.75):
        return list(arguments)
    return ["ask", *arguments]
