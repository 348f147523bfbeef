"""What was asked, understood: frozen values between the grammar, the SQL and the words of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from agentia_analyst.schema import Column, Table

Aggregate = Literal["sum", "avg", "min", "max", "median", "count", "distinct"]
Bucket = Literal["day", "week", "month", "quarter", "year"]
Comparator = Literal["=", "!=", ">", ">=", "<", "<="]
Kind = Literal["figure", "ranking", "groups", "trend", "comparison", "rows"]
ChartKind = Literal["bar", "line", "pie"]


@dataclass(frozen=True)
class Measure:
    """What is computed. `column` None counts rows."""

    aggregate: Aggregate
    column: Column | None


@dataclass(frozen=True)
class Grouping:
    """By what it is split; `bucket` cuts a date into periods."""

    column: Column
    bucket: Bucket | None = None
    is_assumed: bool = False
    """Whether the period is our choice: the answer tells it."""


@dataclass(frozen=True)
class Period:
    """Time from `start` up to but without `end` (ISO dates), or a month or quarter of whatever year."""

    label: str
    bucket: Bucket
    start: str = ""
    end: str = ""
    month: int | None = None
    quarter: int | None = None


@dataclass(frozen=True)
class Among:
    """A column has, or has not, one of the values."""

    column: Column
    values: tuple[object, ...]
    negated: bool = False


@dataclass(frozen=True)
class Compared:
    """A number compared with a limit."""

    column: Column
    comparator: Comparator
    limit: float


@dataclass(frozen=True)
class During:
    """A date lies in one of the periods, or before the first (`<`), or not before the first (`>=`)."""

    column: Column
    periods: tuple[Period, ...]
    side: Literal["in", "<", ">="] = "in"


@dataclass(frozen=True)
class Order:
    """By what rows are put in order."""

    column: Column
    descending: bool


Condition = Among | Compared | During


@dataclass(frozen=True)
class Query:
    """One question about one table."""

    kind: Kind
    table: Table
    measures: tuple[Measure, ...]
    groups: tuple[Grouping, ...] = ()
    conditions: tuple[Condition, ...] = ()
    having: Compared | None = None
    descending: bool = True
    limit: int | None = None
    chart: ChartKind | None = None
    order: Order | None = None
    """Of rows."""
    share: bool = False
    """Whether the part of the whole is asked for, in percent."""
    notes: tuple[str, ...] = ()
    """Assumptions that the answer has to tell."""


@dataclass(frozen=True)
class Describe:
    """What tables there are, what one of them holds, or which have a column."""

    table: Table | None = None
    column: str = ""
    """As the question writes it."""


@dataclass(frozen=True)
class AskBack:
    """It can be answered once the caller has said which is meant."""

    question: str


@dataclass(frozen=True)
class NotUnderstood:
    """The grammar has no reading; `reason` is one sentence."""

    reason: str


Intent = Query | Describe | AskBack | NotUnderstood
