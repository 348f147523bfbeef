"""The ledger's tables; each entry of the list is one step forward and never changes once released."""

MIGRATIONS = [
    """
    CREATE TABLE tasks (
        agent TEXT NOT NULL,
        task TEXT NOT NULL,
        owner TEXT NOT NULL,
        context TEXT NOT NULL,
        state TEXT NOT NULL,
        made REAL NOT NULL,
        seen REAL NOT NULL,
        PRIMARY KEY (agent, task)
    ) WITHOUT ROWID;
    CREATE INDEX tasks_of_owner ON tasks (owner, task);
    CREATE INDEX tasks_of_context ON tasks (owner, context, made);
    CREATE TABLE rejected (
        task TEXT NOT NULL PRIMARY KEY,
        document BLOB NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE decisions (
        agent TEXT NOT NULL,
        task TEXT NOT NULL,
        document BLOB NOT NULL,
        PRIMARY KEY (agent, task)
    ) WITHOUT ROWID;
    """,
    """
    ALTER TABLE tasks ADD COLUMN asked TEXT NOT NULL DEFAULT '';
    ALTER TABLE tasks ADD COLUMN root TEXT NOT NULL DEFAULT '';
    """,
]
