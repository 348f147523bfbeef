"""SQLite for hot logs: one thread that writes in groups, a few that read, and migrations by number."""

from agentia_fabric.sqlite.migrations import migrate
from agentia_fabric.sqlite.writer import SqliteWriter

__all__ = ["SqliteWriter", "migrate"]
