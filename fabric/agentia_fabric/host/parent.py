"""Ends the process when whoever started it is gone, however that went."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable


def watch(descriptor: int, gone: Callable[[], object], grace: float) -> None:
    """Call ``gone`` (in a thread of its own) when the pipe closes; ``grace`` seconds later end the process.

    A thread, because an event loop that hangs must not outlive its parent either.
    """

    def wait() -> None:
        while os.read(descriptor, 64):
            pass
        gone()
        time.sleep(grace)
        os._exit(1)

    threading.Thread(target=wait, name="parent", daemon=True).start()
