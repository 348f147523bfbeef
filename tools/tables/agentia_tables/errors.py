"""What only the tables server answers; below the tree of `agentia_fabric.toolserver.errors`.

CallerFault
├── ReadOnly       [read_only]      the statement is none that only reads
├── BadSql         [bad_sql]        the statement cannot run
├── TooManyRows    [too_many_rows]  the result has more rows than asked for
└── BadChart       [bad_chart]      the result cannot be drawn as asked
"""

from __future__ import annotations

from agentia_fabric.toolserver.errors import CallerFault


class ReadOnly(CallerFault):
    """The statement is none that only reads."""

    code = "read_only"


class BadSql(CallerFault):
    """The statement cannot run."""

    code = "bad_sql"


class TooManyRows(CallerFault):
    """The result has more rows than asked for."""

    code = "too_many_rows"


class BadChart(CallerFault):
    """The result cannot be drawn as asked."""

    code = "bad_chart"
