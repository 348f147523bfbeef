"""How conditions, measures and groups are said in a sentence."""

from __future__ import annotations

from agentia_analyst.intent import Among, Compared, Condition, During, Grouping, Measure, Query
from agentia_kit.language.numbers import figure

_MEASURES = {
    "sum": "total `{}`",
    "avg": "average `{}`",
    "min": "lowest `{}`",
    "max": "highest `{}`",
    "median": "median `{}`",
}
_COMPARED = {
    ">": "over",
    ">=": "at least",
    "<": "under",
    "<=": "at most",
    "=": "equal to",
    "!=": "other than",
}


def measure(said: Measure) -> str:
    """`total `revenue``, `number of rows`, `number of different `customer``."""
    if said.column is None:
        return "number of rows"
    if said.aggregate in ("count", "distinct"):
        return f"number of different `{said.column.name}`"
    if said.column.kind == "date":
        return f"{'latest' if said.aggregate == 'max' else 'earliest'} `{said.column.name}`"
    return _MEASURES[said.aggregate].format(said.column.name)


def group(said: Grouping) -> str:
    """`region`, or `month`."""
    return said.bucket or said.column.name


def where(query: Query) -> str:
    """What restricts the rows: ` for region North, in March 2024`; empty when nothing does."""
    said = [condition(each) for each in query.conditions]
    return f" {', '.join(said)}" if said else ""


def condition(said: Condition) -> str:
    """One restriction."""
    match said:
        case Among():
            values = " or ".join(figure(value) for value in said.values[:6])
            more = f" or {len(said.values) - 6} more" if len(said.values) > 6 else ""
            return f"{'without' if said.negated else 'for'} {said.column.name} {values}{more}"
        case Compared():
            return f"with {said.column.name} {_COMPARED[said.comparator]} {figure(said.limit)}"
        case During():
            label = " and ".join(period.label for period in said.periods)
            if said.side == "<":
                return f"before {label}"
            return (
                label
                if label.startswith("after ")
                else f"since {label}"
                if said.side == ">="
                else f"in {label}"
            )


def source(query: Query) -> str:
    """Where the rows come from: the file, and the table where they differ."""
    table = query.table
    own = table.file.rsplit(".", 1)[0].casefold() == table.name.casefold()
    return table.file if own else f"`{table.name}` of {table.file}" if table.file else f"`{table.name}`"
