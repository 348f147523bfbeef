import re

import pytest

from agentia_fabric.telemetry.trace import current_trace, outgoing_headers, received

PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_a_caller_s_trace_is_continued_with_a_span_of_our_own() -> None:
    trace = received(PARENT, "vendor=1")
    assert trace.trace_id == "4bf92f3577b34da6a3ce929d0e0e4736"
    assert trace.span != "00f067aa0ba902b7"
    assert (trace.flags, trace.state) == ("01", "vendor=1")
    assert re.fullmatch(r"00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01", trace.traceparent)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nonsense",
        PARENT.upper(),
        PARENT + "-more",
        "ff" + PARENT[2:],
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-4bf92f3577b34da6a3ce929d0e0e4736-{'0' * 16}-01",
    ],
)
def test_an_invalid_header_starts_a_trace_anew(header: str) -> None:
    trace = received(header, "vendor=1")
    assert trace.trace_id != "4bf92f3577b34da6a3ce929d0e0e4736"
    assert trace.state == ""


def test_a_later_version_with_more_fields_is_still_read() -> None:
    assert received("01" + PARENT[2:] + "-more").trace_id == "4bf92f3577b34da6a3ce929d0e0e4736"


def test_an_oversized_state_is_dropped() -> None:
    assert received(PARENT, "x" * 513).state == ""


def test_outside_of_any_request_each_call_has_a_trace_of_its_own() -> None:
    assert current_trace() is None
    assert outgoing_headers()["traceparent"] != outgoing_headers()["traceparent"]
