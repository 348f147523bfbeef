"""The SDK's own exporter sends every run to its maker's servers when a key is set: it is taken out."""

from __future__ import annotations

from agents import set_trace_processors


def keep_traces_here() -> None:
    """Nothing calls out any more, whatever is set in the environment."""
    set_trace_processors([])
