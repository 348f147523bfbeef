"""What services tell of themselves: logs, and the trace that a call belongs to."""

from agentia_fabric.telemetry.logs import log_to_stderr
from agentia_fabric.telemetry.trace import Trace, TraceContext, current_trace, outgoing_headers

__all__ = ["Trace", "TraceContext", "current_trace", "log_to_stderr", "outgoing_headers"]
