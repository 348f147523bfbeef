from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentia_fabric.errors import StreamError
from agentia_fabric.http.sse import SseComment, SseEvent, SseParser, read_events


def parsed(*chunks: bytes, **limits: int) -> list[SseEvent | SseComment]:
    parser = SseParser(**limits)
    return [item for chunk in chunks for item in parser.feed(chunk)]


def test_an_event_has_a_type_an_id_and_joined_data() -> None:
    assert parsed(b"event: put\nid: 7-1\ndata: a\ndata:b\n\n") == [SseEvent(b"a\nb", "put", "7-1")]


def test_the_type_is_message_unless_it_is_given() -> None:
    assert parsed(b"data: x\n\ndata: y\n\n") == [SseEvent(b"x"), SseEvent(b"y")]


def test_comments_are_signs_of_life() -> None:
    assert parsed(b": ping\n\n:\n\n") == [SseComment("ping"), SseComment("")]


def test_an_event_without_data_counts_only_for_its_id() -> None:
    assert parsed(b"event: x\n\nid: 5\n\n") == [SseEvent(b"", "message", "5")]


def test_an_id_with_a_null_is_ignored_as_the_standard_says() -> None:
    assert parsed(b"id: a\0b\ndata: x\n\n") == [SseEvent(b"x")]


def test_an_event_that_the_end_cuts_off_is_not_given() -> None:
    assert parsed(b"data: x\n\ndata: half\n") == [SseEvent(b"x")]


def test_only_one_space_after_the_colon_is_dropped() -> None:
    assert parsed(b"data:  x\n\n") == [SseEvent(b" x")]


def test_a_byte_order_mark_is_skipped_and_unknown_fields_are_too() -> None:
    assert parsed(b"\xef\xbb\xbfdata: x\nretry: 5\nfoo\n\n") == [SseEvent(b"x")]


STREAM = (
    b": ping\r\n\r\nid: 1\r\ndata: one\r\ndata: more\r\n\r\n"
    b'event: put\rdata: two\r\rdata: {"\xc3\xa9": 1}\n\n'
)


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_where_the_chunks_are_cut_makes_no_difference(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    chunks = [STREAM[start:end] for start, end in pairwise(edges)]
    assert parsed(*chunks) == parsed(STREAM)
    assert parsed(STREAM) == [
        SseComment("ping"),
        SseEvent(b"one\nmore", "message", "1"),
        SseEvent(b"two", "put"),
        SseEvent('{"é": 1}'.encode()),
    ]


@pytest.mark.parametrize(
    "chunks", [(b"data: " + b"x" * 100,), (b"data: ", *[b"x" * 10] * 10), (b"x" * 99 + b"\n",)]
)
def test_a_line_over_the_limit_ends_the_stream(chunks: Iterable[bytes]) -> None:
    with pytest.raises(StreamError, match="a line of more than 50 bytes"):
        parsed(*chunks, max_line=50)


def test_an_event_over_the_limit_ends_the_stream() -> None:
    with pytest.raises(StreamError, match="an event of more than 50 bytes"):
        parsed(*[b"data: xxxxxxxxx\n"] * 10, max_event=50)


def test_a_field_that_is_not_utf_8_ends_the_stream() -> None:
    with pytest.raises(StreamError, match="UTF-8"):
        parsed(b"event: \xff\n\n")


async def test_a_stream_of_chunks_becomes_a_stream_of_events() -> None:
    async def chunks():
        yield b"data: a\n"
        yield b"\ndata: b\n\n"

    assert [item async for item in read_events(chunks())] == [SseEvent(b"a"), SseEvent(b"b")]
