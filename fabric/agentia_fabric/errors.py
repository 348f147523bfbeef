"""What fabric can refuse, and whose fault it is.

::

    FabricError
    ├── TaskError            the writer's: its view of a task is not the log's
    │   ├── TaskExists         the id is taken
    │   ├── TaskUnknown        there is no such task
    │   ├── VersionConflict    somebody else wrote first; load the task and decide again
    │   ├── LeaseLost          somebody else runs the task, or nobody; stop working on it
    │   └── MessageKnown       the message was taken before; it belongs to the task that is named
    ├── CursorInvalid        the caller's: the cursor is none of ours
    └── StoreError           this machine's or its operator's: the file under a store
        ├── StoreBusy          another process holds it, or too much is waiting; try again later
        ├── StoreFull          no room on the disk
        ├── StoreFailed        it cannot be read or written; the text says why
        ├── StoreTooNew        a newer version of Agentia Mesh wrote it
        └── StoreClosed        ours: it is not open, or not any more

The text of each is one sentence that may be shown to an operator; it holds nothing that a task contains.
"""

# Errors are named for what happened, not for being errors.
# ruff: noqa: N818

from __future__ import annotations


class FabricError(Exception):
    """The root of everything that fabric raises on purpose."""


class TaskError(FabricError):
    """A writer's view of a task is not the log's."""


class TaskExists(TaskError):
    """The id of a new task is taken."""

    def __init__(self, task: str) -> None:
        super().__init__(f"The task {task} exists already.")
        self.task = task


class TaskUnknown(TaskError):
    """There is no such task."""

    def __init__(self, task: str) -> None:
        super().__init__(f"There is no task {task}.")
        self.task = task


class VersionConflict(TaskError):
    """Somebody else wrote first; ``at`` is the version that the task is at."""

    def __init__(self, task: str, at: int) -> None:
        super().__init__(f"The task {task} is at version {at} and not where the writer believed it to be.")
        self.task = task
        self.at = at


class LeaseLost(TaskError):
    """The writer does not hold the lease of the task."""

    def __init__(self, task: str) -> None:
        super().__init__(f"The task {task} is not under the lease of the writer.")
        self.task = task


class MessageKnown(TaskError):
    """A message was taken before; ``task`` is the one that it belongs to."""

    def __init__(self, task: str) -> None:
        super().__init__(f"The message was taken before; it belongs to the task {task}.")
        self.task = task


class CursorInvalid(FabricError):
    """A cursor is none that we gave out."""

    def __init__(self) -> None:
        super().__init__("The cursor is not one that this list gave out.")


class StoreError(FabricError):
    """The file under a store is at fault, or the machine that it lies on."""


class StoreBusy(StoreError):
    """Another process holds the store, or too much is waiting for it; a later try may succeed."""


class StoreFull(StoreError):
    """There is no room on the disk."""


class StoreFailed(StoreError):
    """The store cannot be read or written."""


class StoreTooNew(StoreError):
    """A newer version wrote the store."""


class StoreClosed(StoreError):
    """The store is not open, or not any more."""
