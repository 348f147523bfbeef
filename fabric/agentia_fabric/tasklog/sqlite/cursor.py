"""Where a page of a list ended: the last task on it and when that was updated."""

from __future__ import annotations

import base64
import binascii

import orjson

from agentia_fabric.errors import CursorInvalid


def encode(updated: float, task: str) -> str:
    """Make the opaque cursor of a page whose last task is this one."""
    return base64.urlsafe_b64encode(orjson.dumps([updated, task])).decode().rstrip("=")


def decode(cursor: str) -> tuple[float, str]:
    """Read what :func:`encode` made. Raises ``CursorInvalid`` for anything else."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        match orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True)):
            case [float() as updated, str() as task]:
                return updated, task
            case _:
                raise CursorInvalid
    except (UnicodeEncodeError, binascii.Error, orjson.JSONDecodeError) as error:
        raise CursorInvalid from error
