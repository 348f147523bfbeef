"""Reading server-sent events (HTML standard, 9.2) from a stream that need not be trusted."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterator
from dataclasses import dataclass

from agentia_fabric.errors import StreamError

MAX_LINE = 4 * 1024 * 1024
MAX_EVENT = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SseEvent:
    """One event. ``id`` is the one it carries itself; None when it has none. ``data`` is UTF-8, undecoded."""

    data: bytes
    event: str = "message"
    id: str | None = None


@dataclass(frozen=True, slots=True)
class SseComment:
    """A comment, such as a ping: a sign of life."""

    text: str


class SseParser:
    """Takes bytes as they arrive, gives events as they become whole. Limits are in bytes.

    An event that the end of the stream cuts off is never given, as the standard demands. An event without
    data is given when it has an id, so that a reader can move its cursor.
    """

    def __init__(self, *, max_line: int = MAX_LINE, max_event: int = MAX_EVENT) -> None:
        self._max_line = max_line
        self._max_event = max_event
        self._rest = b""
        self._first = True
        self._data: list[bytes] = []
        self._size = 0
        self._event = ""
        self._id: str | None = None

    def feed(self, chunk: bytes) -> Iterator[SseEvent | SseComment]:
        """The events and comments that ``chunk`` completes.

        Raises:
            StreamError: a line or an event is over its limit, or a field is not UTF-8.
        """
        for line in self._lines(chunk):
            if line:
                comment = self._field(line)
                if comment is not None:
                    yield comment
            elif (event := self._dispatched()) is not None:
                yield event

    def _lines(self, chunk: bytes) -> Iterator[bytes]:
        buffer = self._rest + chunk
        if self._first and len(buffer) >= len(BOM):
            self._first = False
            buffer = buffer.removeprefix(BOM)
        # A CR at the very end may be half of a CR LF: it waits for what follows.
        held = b"\r" if buffer.endswith(b"\r") else b""
        *lines, rest = _split(buffer.removesuffix(held))
        self._rest = rest + held
        if len(self._rest) > self._max_line or any(len(line) > self._max_line for line in lines):
            raise StreamError(f"The stream has a line of more than {self._max_line} bytes.")
        yield from lines

    def _field(self, line: bytes) -> SseComment | None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        match name:
            case b"":
                return SseComment(_text(value))
            case b"data":
                self._size += len(value) + 1
                if self._size > self._max_event:
                    raise StreamError(f"The stream has an event of more than {self._max_event} bytes.")
                self._data.append(value)
            case b"event":
                self._event = _text(value)
            case b"id" if b"\0" not in value:
                self._id = _text(value)
            case _:
                pass
        return None

    def _dispatched(self) -> SseEvent | None:
        event = SseEvent(b"\n".join(self._data), self._event or "message", self._id)
        given = bool(self._data) or self._id is not None
        self._data, self._size, self._event, self._id = [], 0, "", None
        return event if given else None


BOM = b"\xef\xbb\xbf"


def _split(buffer: bytes) -> list[bytes]:
    if b"\r" in buffer:
        buffer = buffer.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return buffer.split(b"\n")


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise StreamError("The stream has a field that is not UTF-8.") from None


async def read_events(
    chunks: AsyncIterable[bytes], *, max_line: int = MAX_LINE, max_event: int = MAX_EVENT
) -> AsyncIterator[SseEvent | SseComment]:
    """The events and comments of a response's body, as they come. Raises what :class:`SseParser` raises."""
    parser = SseParser(max_line=max_line, max_event=max_event)
    async for chunk in chunks:
        for item in parser.feed(chunk):
            yield item
