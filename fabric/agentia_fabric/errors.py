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
    ├── StoreError           this machine's or its operator's: the file under a store
    │   ├── StoreBusy          another process holds it, or too much is waiting; try again later
    │   ├── StoreFull          no room on the disk
    │   ├── StoreFailed        it cannot be read or written; the text says why
    │   ├── StoreTooNew        a newer version of Agentia Mesh wrote it
    │   └── StoreClosed        ours: it is not open, or not any more
    ├── FetchError           the safe fetcher got no answer
    │   ├── FetchRefused       whoever gave the URL: it, or an address behind it, is one we do not go to
    │   ├── FetchUnreachable   the remote's: nobody answered, or not in HTTP
    │   ├── FetchTimeout       the remote's: the answer was not whole in time
    │   └── FetchTooLarge      the remote's: the answer is over the cap
    ├── PassportError        the caller's: the header Agentia-Principal
    │   ├── PassportMissing    there is none
    │   ├── PassportInvalid    malformed, or not sealed with this mesh's secret
    │   ├── PassportExpired    its time is over, or lies too far ahead
    │   ├── PassportMisdirected  it is meant for another service
    │   └── HopsExhausted      the chain of calls is as deep as it may get
    ├── DirectoryError       the registry did not do what was asked
    │   ├── RegistryUnreachable  the registry's, or the network's: no usable answer; try again later
    │   └── RegistryRefused    the caller's, mostly: carries status, code, findings
    ├── StreamError          the remote's: a stream of events broke a rule or a limit
    ├── SettingsError        the operator's: a setting that cannot be used; says where it came from
    └── ServiceError         a service that does not start
        ├── ServiceUnknown     the operator's: nothing that is installed offers it
        └── ServiceBroken      ours: its factory or its lifespan failed

The text of each is one sentence that may be shown to an operator; it holds nothing that a task contains.
``status``, where an error has one, is the HTTP status to answer with when nobody knows better.
"""

# Errors are named for what happened, not for being errors.
# ruff: noqa: N818

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar


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


class FetchError(FabricError):
    """Base of what keeps a fetch from giving an answer; ``url`` is the one that was asked for."""

    status: ClassVar[int] = 502

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(reason)
        self.url = url


class FetchRefused(FetchError):
    """The URL, or an address behind it, is one that we do not go to; nothing was sent there."""

    status: ClassVar[int] = 403


class FetchUnreachable(FetchError):
    """Nobody answered there, or what answered does not speak HTTP."""


class FetchTimeout(FetchError):
    """The whole answer did not arrive in the time allowed."""

    status: ClassVar[int] = 504


class FetchTooLarge(FetchError):
    """The answer, unpacked, is larger than the cap."""


class PassportError(FabricError):
    """Base of what is wrong with a passport."""

    status: ClassVar[int] = 401


class PassportMissing(PassportError):
    """A call that needs a passport came without."""

    def __init__(self) -> None:
        super().__init__("The header Agentia-Principal is missing.")


class PassportInvalid(PassportError):
    """Malformed, or not sealed with this mesh's secret."""

    def __init__(self) -> None:
        super().__init__("The header Agentia-Principal is not sealed by this mesh.")


class PassportExpired(PassportError):
    """Its time is over, or it claims to be valid for longer than any may be."""

    def __init__(self) -> None:
        super().__init__("The header Agentia-Principal is not valid at this time.")


class PassportMisdirected(PassportError):
    """It was made for another service; ``audience`` names that one."""

    def __init__(self, audience: str) -> None:
        super().__init__(f"The header Agentia-Principal is meant for {audience!r}.")
        self.audience = audience


class HopsExhausted(PassportError):
    """Calling on would exceed the depth that the chain started with."""

    status: ClassVar[int] = 403

    def __init__(self) -> None:
        super().__init__("The chain of calls is as deep as it may get.")


class SettingsError(FabricError):
    """A setting that cannot be used; the sentence names it and says where it came from."""


class ServiceError(FabricError):
    """Base of what keeps a service from starting; ``name`` is the service's."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name


class ServiceUnknown(ServiceError):
    """No installed distribution offers a service of that name."""


class ServiceBroken(ServiceError):
    """Its factory, or the start of its lifespan, raised."""


class StreamError(FabricError):
    """A stream of events broke a rule or went over a limit."""


class DirectoryError(FabricError):
    """The registry did not do what was asked."""


class RegistryUnreachable(DirectoryError):
    """The registry gave no answer that can be understood; a later try may succeed."""


class RegistryRefused(DirectoryError):
    """The registry said no: ``status`` is HTTP's, ``code`` and ``details`` are those of its ``Problem``."""

    def __init__(self, status: int, code: str, message: str, details: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.details = details
