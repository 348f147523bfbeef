"""What SQLite reports, in our words."""

from __future__ import annotations

import sqlite3

from agentia_fabric.errors import StoreBusy, StoreError, StoreFailed, StoreFull


def told(error: BaseException) -> BaseException:
    """Give the error that one caller should see: SQLite's own are translated, other people's are left alone.

    A store's error is copied: one failure may be told to many, and each raises an error of its own.
    """
    match error:
        case StoreError():
            ours = type(error)(str(error))
        case sqlite3.Error() | OSError():
            ours = store_error(error)
        case _:
            return error
    ours.__cause__ = error
    return ours


def store_error(error: sqlite3.Error | OSError) -> StoreError:
    """Name the kind of failure by SQLite's primary result code."""
    code = getattr(error, "sqlite_errorcode", None)
    match code if code is None else code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreBusy(f"Another process holds the store ({error}).")
        case sqlite3.SQLITE_FULL:
            return StoreFull(f"There is no room for the store ({error}).")
        case _:
            return StoreFailed(f"The store cannot be used ({error}).")
