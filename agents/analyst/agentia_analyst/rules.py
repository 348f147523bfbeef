"""The analyst without a language model: see the tables, look up words, ask one query, tell its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from agentia_analyst.answering import answered, describing, not_understood
from agentia_analyst.attached import attached, considered, too_large, unreadable
from agentia_analyst.following import MOST_EARLIER, understood
from agentia_analyst.intent import AskBack, Describe, NotUnderstood, Query
from agentia_analyst.schema import Table, described, is_numeric
from agentia_analyst.sql import MOST_ROWS, group_title, statement, title, total
from agentia_analyst.values import is_lookup, looked_up, lookup
from agentia_kit.rule import Answer, Call, Calls, Result, Turn

MOST_TABLES = 24
"""Tables that are looked into for one question."""
UNREAD = (
    "Of the files that come with a message I read CSV, TSV and JSON: put others into the folder given with "
    "`--files`."
)
MOST_WAITS = 4
"""Times that a server which is still reading its files is asked again."""


class AnalystRules:
    """A rule book: each step follows from the question and from what the tools have returned so far."""

    name = "analyst"

    def next(self, turn: Turn) -> Calls | Answer:
        """The next tool calls, or the answer."""
        if missing := [name for name in ("list_tables", "describe_table", "query") if not turn.has(name)]:
            return Answer(f"I cannot look at any table: the tool server `tables` offers no `{missing[0]}`.")
        listed = turn.of("list_tables")
        if not listed and (large := too_large(turn)):
            return Answer(large)
        if not listed:
            return _calls_with(turn, Call("list_tables"))
        if listed[-1].fault:
            return _refused(listed[-1])
        if listed[-1].value.get("pending") and len(listed) < MOST_WAITS:
            return _calls_with(turn, Call("list_tables"))
        if broken := unreadable(turn, listed[-1].value):
            return Answer(broken)
        names = considered(turn, listed[-1].value)[:MOST_TABLES]
        seen = turn.of("describe_table")
        if names and not seen:
            return _calls_with(turn, *(Call("describe_table", {"table": name}) for name in names))
        tables = [described(result.value) for result in seen if not result.fault]
        return _asked(turn, tables)


def _asked(turn: Turn, tables: Sequence[Table]) -> Calls | Answer:
    question, queries, charts = _question(turn), turn.of("query"), turn.of("chart")
    can_ask = turn.has("ask_back") and not turn.of("ask_back")
    questions = [*_earlier(turn, question), question]
    look = lookup(tables, "\n".join(reversed(questions)))
    values = [each for each in queries if _is_lookup(each)]
    if look and not values:
        return _calls_with(turn, Call("query", {"sql": look, "limit": 1000}))
    found = looked_up(_rows(values[0])) if values and not values[0].fault else {}
    match understood(questions, tables, found):
        case Query() as query:
            return _computed(turn, query, [each for each in queries if not _is_lookup(each)], charts)
        case Describe() as wanted:
            return Answer(describing(wanted, tables))
        case AskBack(asked):
            return Calls([Call("ask_back", {"question": asked})]) if can_ask else Answer(asked)
        case NotUnderstood(reason):
            return Answer(not_understood(f"{reason} {UNREAD}" if _is_unread(turn) else reason, tables))


def _computed(
    turn: Turn, query: Query, queries: Sequence[Result], charts: Sequence[Result]
) -> Calls | Answer:
    if not queries:
        return _calls_with(turn, *_calls(query))
    main = queries[0]
    if main.fault:
        return _refused(main)
    text = answered(query, _rows(main), _total(queries[1:]))
    if query.chart and not charts:
        return Answer(f"{text}\n\nThere is nothing to chart: one figure has no parts to compare.")
    faults = [f"The chart failed: {chart.fault.text}" for chart in charts if chart.fault]
    return Answer("\n\n".join([text, *faults]))


def _calls(query: Query) -> list[Call]:
    sql, whole = statement(query), total(query)
    calls = [Call("query", {"sql": sql, "limit": MOST_ROWS})]
    if whole:
        calls.append(Call("query", {"sql": whole, "limit": 1}))
    if query.chart and query.groups:
        measure = query.measures[0]
        x, y = group_title(query.groups[0]), title(measure)
        head = f"{y} by {x}"
        calls.append(Call("chart", {"sql": sql, "kind": query.chart, "x": x, "y": y, "title": head}))
    return calls


def _calls_with(turn: Turn, *calls: Call) -> Calls:
    """The calls, each with the tables that came with the message."""
    brought = attached(turn)
    given = {"attached": brought} if brought else {}
    return Calls([Call(call.tool, {**call.arguments, **given}) for call in calls])


def _is_unread(turn: Turn) -> bool:
    return bool(turn.material) and not attached(turn)


def _question(turn: Turn) -> str:
    """What was asked; an answer to our own question goes with the question before it."""
    said = list(turn.history)
    if len(said) >= 2 and said[-1].role == "agent" and said[-1].text.startswith("Which table do you mean"):
        return f"{said[-2].text} in table {turn.question}"
    return turn.question


def _earlier(turn: Turn, question: str) -> list[str]:
    """What the user asked before in this context; none when `question` has an earlier one in it."""
    if question != turn.question or attached(turn):
        return []
    return [said.text for said in turn.history if said.role == "user"][-MOST_EARLIER:]


def _is_lookup(result: Result) -> bool:
    return is_lookup(str(result.arguments.get("sql", "")))


def _rows(result: Result) -> list[list[Any]]:
    """The rows; numbers too long for JSON's own come as text."""
    value = cast("Mapping[str, Any]", result.value)
    numeric = [is_numeric(str(column["type"])) for column in value["columns"]]
    return [
        [
            float(cell) if number and isinstance(cell, str) else cell
            for cell, number in zip(row, numeric, strict=True)
        ]
        for row in value["rows"]
    ]


def _total(queries: Sequence[Result]) -> float | None:
    for each in queries:
        if not each.fault and _rows(each):
            return _rows(each)[0][0]
    return None


def _refused(result: Result) -> Answer:
    text = result.fault.text if result.fault else ""
    return Answer(f"The tool `{result.tool}` of the server `tables` refused: {text}")
