"""The tables of the task log, step by step. A step that was released is never changed; a new one is added."""

from __future__ import annotations

VERSIONS = 32
"""An event's ``place`` is the number of its task, shifted by so many bits, plus its version.

So the events of a task lie side by side, in order, in a table whose rows are found without an index.
"""

MIGRATIONS = (
    """
    CREATE TABLE tasks (
        id INTEGER PRIMARY KEY,
        task TEXT NOT NULL UNIQUE,
        context TEXT NOT NULL,
        owner TEXT NOT NULL,
        state TEXT NOT NULL,
        phase TEXT NOT NULL,
        version INTEGER NOT NULL,
        created REAL NOT NULL,
        updated REAL NOT NULL,
        runner TEXT,
        attempt INTEGER NOT NULL,
        term INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX tasks_listed ON tasks (owner, updated, task, state);
    CREATE INDEX tasks_of_context ON tasks (context);
    CREATE INDEX tasks_running ON tasks (runner) WHERE phase = 'running';

    -- Beside the header, which is written with every event, what is written seldom and may be large.
    CREATE TABLE requests (id INTEGER PRIMARY KEY, payload BLOB NOT NULL) STRICT;
    CREATE TABLE snapshots (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, payload BLOB NOT NULL) STRICT;
    CREATE TABLE events (place INTEGER PRIMARY KEY, at REAL NOT NULL, payload BLOB NOT NULL) STRICT;

    CREATE TABLE claims (
        owner TEXT NOT NULL,
        message TEXT NOT NULL,
        digest TEXT NOT NULL,
        id INTEGER NOT NULL,
        PRIMARY KEY (owner, message, digest)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE runners (runner TEXT PRIMARY KEY, beat INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE saved (
        id INTEGER NOT NULL,
        key TEXT NOT NULL,
        payload BLOB NOT NULL,
        UNIQUE (id, key)
    ) STRICT;
    CREATE TABLE push_configs (
        place INTEGER PRIMARY KEY,
        id INTEGER NOT NULL,
        config TEXT NOT NULL,
        payload BLOB NOT NULL,
        UNIQUE (id, config)
    ) STRICT;
    """,
)
