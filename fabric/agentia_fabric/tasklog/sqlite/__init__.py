"""The task log in a SQLite file: for one machine, where several processes may share the file."""

from agentia_fabric.tasklog.sqlite.log import SqliteTaskLog

__all__ = ["SqliteTaskLog"]
