"""A file is brought forward step by step, once, whoever comes."""

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from agentia_fabric.errors import StoreFailed, StoreTooNew
from agentia_fabric.sqlite import SqliteWriter

FIRST = """
CREATE TABLE notes (text TEXT NOT NULL);
CREATE TABLE changes (count INTEGER NOT NULL); INSERT INTO changes VALUES (0);
CREATE TRIGGER counted AFTER INSERT ON notes BEGIN
    UPDATE changes SET count = count + 1;
END;
"""
SECOND = "ALTER TABLE notes ADD COLUMN at REAL NOT NULL DEFAULT 0;"

OPEN = """
import asyncio, pathlib, sys
from agentia_fabric.sqlite import SqliteWriter
async def main():
    async with SqliteWriter(pathlib.Path(sys.argv[1]), sys.argv[2:]) as store:
        await store.write(lambda own: own.execute("INSERT INTO notes (text) VALUES ('here')").rowcount)
asyncio.run(main())
"""


def asked(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question).fetchall()


async def test_a_later_version_takes_only_the_steps_that_are_new(tmp_path: Path):
    path = tmp_path / "notes.db"
    async with SqliteWriter(path, [FIRST]) as store:
        await store.write(lambda own: own.execute("INSERT INTO notes VALUES ('old')").rowcount)
    async with SqliteWriter(path, [FIRST, SECOND]) as store:
        assert await store.read(lambda own: own.execute("SELECT text, at FROM notes").fetchall()) == [
            ("old", 0)
        ]
        assert await store.read(lambda own: own.execute("SELECT count FROM changes").fetchone()) == (1,)


async def test_a_file_from_the_future_is_left_alone(tmp_path: Path):
    path = tmp_path / "notes.db"
    async with SqliteWriter(path, [FIRST, SECOND]):
        pass
    with pytest.raises(StoreTooNew):
        await SqliteWriter(path, [FIRST]).open()


async def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path):
    path = tmp_path / "notes.db"
    async with SqliteWriter(path, [FIRST]):
        pass
    with pytest.raises(StoreFailed):
        await SqliteWriter(path, [FIRST, SECOND + "CREATE TABLE notes (again TEXT);"]).open()
    columns = asked(path, "SELECT name FROM pragma_table_info('notes')")
    assert columns == [("text",)]


def test_processes_that_open_a_new_file_at_once_all_succeed(tmp_path: Path):
    command = [sys.executable, "-c", OPEN, str(tmp_path / "notes.db"), FIRST, SECOND]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    errors = [each.communicate(timeout=60)[1] for each in running]
    assert [each.returncode for each in running] == [0] * 4, errors
    assert asked(tmp_path / "notes.db", "SELECT count FROM changes") == [(4,)]


async def test_another_process_that_comes_and_goes_leaves_what_we_use(tmp_path: Path):
    path = tmp_path / "notes.db"
    async with SqliteWriter(path, [FIRST, SECOND]) as store:
        await store.write(lambda own: own.execute("INSERT INTO notes (text) VALUES ('ours')").rowcount)
        command = [sys.executable, "-c", OPEN, str(path), FIRST, SECOND]
        await asyncio.to_thread(subprocess.run, command, check=True, timeout=60)
        assert path.with_name(
            "notes.db-wal"
        ).exists()  # the last to leave removes it: that would be ours to do
        await store.write(lambda own: own.execute("INSERT INTO notes (text) VALUES ('again')").rowcount)
    assert asked(path, "SELECT count FROM changes") == [(3,)]
