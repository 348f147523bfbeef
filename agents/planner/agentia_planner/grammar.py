"""From a task to a plan, without a model. Pure; its manual is `docs/questions.md`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from agentia_kit.language.numbers import number_of
from agentia_kit.language.vocabulary import wordset
from agentia_kit.language.words import words
from agentia_planner.clauses import clauses, first_word
from agentia_planner.plan import MOST_STEPS, Plan, Step

_CHART = wordset("chart charts plot plots graph graphs visualise visualize diagram draw")
_BACK = wordset("it them this that these those result results findings figures numbers answer answers both")
_WRITING = wordset("write draft compose prepare summarise summarize condense recap")
_TURNING = wordset("turn make give create add")
_TEXTS = wordset(
    "brief briefing summary memo note report email letter headline paragraph paragraphs bullet bullets points"
)
_ARTICLES = wordset("a an the some")
_TEXT_FILES = (".md", ".markdown", ".txt", ".rst", ".pdf", ".docx", ".html", ".htm")


@dataclass(frozen=True)
class _Draft:
    task: str
    needs: tuple[int, ...] = ()
    writes: bool = False


def plan(task: str) -> Plan | None:
    """The steps of `task`; None when it has no words."""
    drafts: list[_Draft] = []
    for clause in clauses(task):
        if drafts and _only_charts(clause) and (at := _last_that_finds(drafts)) is not None:
            drafts[at] = replace(drafts[at], task=f"{_ended(drafts[at].task)} {clause}")
        elif len(drafts) < MOST_STEPS - 1:
            drafts.extend(_drafts(clause, drafts))
    if not drafts:
        return None
    return Plan(steps=[Step(task=draft.task, needs=list(draft.needs)) for draft in drafts])


def _drafts(clause: str, before: list[_Draft]) -> list[_Draft]:
    """A step for the clause; a text about a file that no step has read yet needs one that reads it."""
    said = {word.fold for word in words(clause)}
    earlier = tuple(range(1, len(before) + 1))
    if not _writes(clause, said):
        return [_Draft(clause, earlier[-1:] if said & _BACK and _refers(clause) else ())]
    files = [word.text for word in words(clause) if word.fold.endswith(_TEXT_FILES)]
    unread = [name for name in files if not any(name in draft.task for draft in before)]
    readers = [_Draft(f"Read the document {name}") for name in unread]
    news = tuple(range(len(before) + 1, len(before) + 1 + len(readers)))
    needs = news if news and not (said & _BACK) else (*_sources(before, earlier), *news)
    return [*readers, _Draft(clause, needs, writes=True)]


def _sources(before: list[_Draft], earlier: tuple[int, ...]) -> tuple[int, ...]:
    """What was found; texts that were written before count only when nothing was found."""
    found = tuple(number for number in earlier if not before[number - 1].writes)
    return found or earlier


def _writes(clause: str, said: set[str]) -> bool:
    head = first_word(clause)
    if head in _WRITING:
        return True
    return bool(said & _TEXTS) and (head in _TURNING or head in _ARTICLES or number_of(head) is not None)


def _only_charts(clause: str) -> bool:
    """ "Chart it", "draw a bar chart of that": it says how to show what the clause before asked for."""
    found = words(clause)
    said = {word.fold for word in found}
    return bool(said & _CHART) and not said & _WRITING and (bool(said & _BACK) or len(found) <= 3)


def _refers(clause: str) -> bool:
    """Whether a pronoun points to another clause: "which of them" has its own noun."""
    return first_word(clause) not in ("which", "who")


def _last_that_finds(drafts: list[_Draft]) -> int | None:
    return next((at for at in range(len(drafts) - 1, -1, -1) if not drafts[at].writes), None)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else text + "."
