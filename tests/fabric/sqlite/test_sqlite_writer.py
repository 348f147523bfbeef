"""Many callers, one writer: what each may rely on."""

import asyncio
import sqlite3
import stat
import threading
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agentia_fabric.errors import StoreBusy, StoreClosed, StoreFailed, StoreFull
from agentia_fabric.sqlite import SqliteWriter

SCHEMA = ["CREATE TABLE notes (text TEXT NOT NULL UNIQUE);"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "notes.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteWriter]:
    async with SqliteWriter(path, SCHEMA, busy_timeout=0.1) as store:
        yield store


def note(text: str) -> Callable[[sqlite3.Connection], int | None]:
    return lambda connection: connection.execute("INSERT INTO notes VALUES (?)", (text,)).lastrowid


def texts(connection: sqlite3.Connection) -> list[str]:
    return [text for (text,) in connection.execute("SELECT text FROM notes ORDER BY rowid")]


def texts_seen_by_others(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return texts(connection)
    finally:
        connection.close()


@contextmanager
def held(store: SqliteWriter) -> Generator[None]:
    """Keep the writer's thread busy, so that what is written meanwhile has to wait."""
    let_go = threading.Event()
    busy = asyncio.ensure_future(store.write(lambda _: let_go.wait(10)))
    try:
        yield
    finally:
        let_go.set()
        assert not busy.cancelled()


async def test_a_write_returns_what_the_function_returns_and_the_next_read_sees_it(store: SqliteWriter):
    assert await store.write(note("one")) == 1
    assert await store.read(texts) == ["one"]


async def test_writes_keep_the_order_in_which_they_came(store: SqliteWriter):
    wanted = [f"note {number}" for number in range(500)]
    await asyncio.gather(*(store.write(note(text)) for text in wanted))
    assert await store.read(texts) == wanted


async def test_writes_that_wait_together_are_committed_together(store: SqliteWriter, path: Path):
    with held(store):
        await asyncio.sleep(0)
        first = asyncio.ensure_future(store.write(note("first")))
        last = asyncio.ensure_future(store.write(lambda own: (texts(own), texts_seen_by_others(path))))
        await asyncio.sleep(0)
    await first
    assert await last == (["first"], [])


async def test_a_write_that_fails_is_undone_alone(store: SqliteWriter):
    def half(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO notes VALUES ('half')")
        raise ValueError("the other half is missing")

    outcomes = await asyncio.gather(
        store.write(note("before")), store.write(half), store.write(note("after")), return_exceptions=True
    )
    assert isinstance(outcomes[1], ValueError)
    assert await store.read(texts) == ["before", "after"]


async def test_what_comes_after_a_commit_is_told_also_when_the_caller_has_gone(store: SqliteWriter):
    told: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
    running = threading.Event()

    def slow(connection: sqlite3.Connection) -> int | None:
        running.set()
        return note("kept")(connection)

    caller = asyncio.ensure_future(store.write(slow, then=told.set_result))
    await asyncio.to_thread(running.wait, 10)
    caller.cancel()
    assert await asyncio.wait_for(told, 10) == 1


async def test_a_caller_that_goes_before_its_turn_has_written_nothing(store: SqliteWriter):
    with held(store):
        caller = asyncio.ensure_future(store.write(note("never"), then=lambda _: pytest.fail("told")))
        await asyncio.sleep(0)
        caller.cancel()
        await asyncio.sleep(0)
    await store.write(note("later"))
    assert await store.read(texts) == ["later"]


async def test_a_read_cannot_write(store: SqliteWriter):
    with pytest.raises(StoreFailed):
        await store.read(note("no"))


async def test_a_read_sees_one_moment_although_others_write(store: SqliteWriter, path: Path):
    def twice(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
        before = texts(connection)
        other = sqlite3.connect(path, isolation_level=None)
        note("meanwhile")(other)
        other.close()
        return before, texts(connection)

    assert await store.read(twice) == ([], [])


async def test_a_file_that_another_process_holds_is_reported_in_time(store: SqliteWriter, path: Path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreBusy):
            await asyncio.wait_for(store.write(note("locked out")), 10)
    finally:
        other.close()
    await store.write(note("let in"))
    assert await store.read(texts) == ["let in"]


async def test_a_full_disk_is_reported_and_reads_go_on(store: SqliteWriter):
    await store.write(note("fits"))
    await store.write(lambda own: own.execute("PRAGMA max_page_count=1").fetchone())
    with pytest.raises(StoreFull):
        await store.write(note("x" * 100_000))
    assert await store.read(texts) == ["fits"]
    await store.write(lambda own: own.execute("PRAGMA max_page_count=1000000").fetchone())
    await store.write(note("fits again"))


async def test_more_than_the_limit_may_not_wait(path: Path):
    async with SqliteWriter(path, SCHEMA, limit=2) as store:
        with held(store):
            waiting = [asyncio.ensure_future(store.write(note(str(number)))) for number in range(5)]
            await asyncio.sleep(0)
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(each) for each in outcomes[-2:]] == [StoreBusy, StoreBusy]


async def test_close_finishes_what_was_accepted(path: Path):
    store = SqliteWriter(path, SCHEMA)
    await store.open()
    waiting = [asyncio.ensure_future(store.write(note(str(number)))) for number in range(100)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*waiting)
    assert len(texts_seen_by_others(path)) == 100


async def test_a_store_that_is_not_open_says_so(path: Path):
    store = SqliteWriter(path, SCHEMA)
    with pytest.raises(StoreClosed):
        await store.read(texts)
    async with store:
        pass
    await store.close()
    with pytest.raises(StoreClosed):
        await store.write(note("too late"))


async def test_the_file_is_for_its_owner_only(store: SqliteWriter, path: Path):
    await store.write(note("private"))
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    diary = tmp_path / "diary.txt"
    diary.write_text("Dear diary, this is no database and it is long enough to be sure of that. " * 20)
    return diary


async def test_a_file_of_another_kind_is_refused(diary: Path):
    with pytest.raises(StoreFailed):
        await SqliteWriter(diary, SCHEMA).open()
