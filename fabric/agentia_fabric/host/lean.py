"""Leaves out an import that no service needs.

httpx imports the program `httpx` where rich, pygments and click are installed, and does without it where they
are not. a2a-sdk takes httpx along: 0.15 s and 3 MB for each process with an agent.
"""

from __future__ import annotations

import sys

HTTPX_PROGRAM = "httpx._main"


def leave_out_programs() -> None:
    """Call it before anything imports httpx; later it changes nothing."""
    # None in sys.modules is how Python is told that a module cannot be imported.
    sys.modules.setdefault(HTTPX_PROGRAM, None)  # pyright: ignore[reportArgumentType]
