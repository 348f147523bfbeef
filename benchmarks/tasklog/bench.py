"""What the task log does in a second: ``python benchmarks/tasklog/bench.py [--seconds 3]``.

One process, one SQLite file, durable against the death of the process (WAL, synchronous NORMAL). A unary
task is two commits: accepted with its claim and first event, then three events and a snapshot that end it.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from agentia_fabric.tasklog.port import Append, Claim, NewTask, Phase, Standing, TaskLog
from agentia_fabric.tasklog.sqlite import SqliteTaskLog

WORKING = Standing("working", Phase.RUNNING)
DONE = Standing("completed", Phase.FINAL)
REQUEST, EVENT, SNAPSHOT = b"r" * 600, b"e" * 300, b"s" * 1200


async def unary(log: TaskLog, task: str) -> None:
    """The two commits of a task that is answered at once."""
    claim = Claim("caller", task, "d" * 64)
    new = NewTask(task, f"context-{task}", "caller", WORKING, REQUEST, "runner", claim, (EVENT,))
    record = (await log.create(new)).record
    await log.append(Append(task, record.version, (EVENT,) * 3, DONE, record.lease, SNAPSHOT))


async def for_seconds(seconds: float, callers: int, call: Callable[[str], Awaitable[object]]) -> list[float]:
    """Call from so many callers for so long; the time of each call, in seconds, sorted."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    numbers = itertools.count()

    async def caller() -> None:
        while (began := time.perf_counter()) < end:
            await call(f"{callers}-{next(numbers)}")
            times.append(time.perf_counter() - began)

    await asyncio.gather(*(caller() for _ in range(callers)))
    return sorted(times)


def row(what: str, times: list[float], seconds: float, cpu: float) -> None:
    """Print a line of the table."""
    p50, p99 = (times[len(times) * share // 100] * 1e3 for share in (50, 99))
    each = cpu / len(times) * 1e6
    rate = len(times) / seconds
    print(f"{what:<44}{rate:>9,.0f}/s   p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   CPU {each:4.0f} µs")


async def measured(what: str, seconds: float, callers: int, call: Callable[[str], Awaitable[object]]) -> None:
    """Run and print one line."""
    cpu, wall = time.process_time(), time.perf_counter()
    times = await for_seconds(seconds, callers, call)
    row(what, times, time.perf_counter() - wall, time.process_time() - cpu)


async def chunks(log: TaskLog, count: int) -> None:
    """One task that streams, each chunk a commit."""
    record = (await log.create(NewTask("chunks", "context", "caller", WORKING, REQUEST, "runner"))).record
    began = time.perf_counter()
    for version in range(count):
        await log.append(Append("chunks", version, (EVENT,), WORKING, record.lease))
    print(f"{f'{count:,} appends to one task, one after another':<44}{time.perf_counter() - began:9.2f} s")


async def wake_ups(what: str, writer: TaskLog, reader: TaskLog, task: str, count: int) -> None:
    """From the append's call until a waiting reader is awake and has read the event."""
    record = (await writer.create(NewTask(task, "context", "caller", WORKING, REQUEST, "runner"))).record
    times: list[float] = []
    async with reader.watch(task) as wakeup:
        for version in range(count):
            while await wakeup.wait(
                0.06 + version / 1000
            ):  # over what came before; not in step with any poll
                pass
            waiting = asyncio.create_task(wakeup.wait(5))
            began = time.perf_counter()
            await writer.append(Append(task, version, (EVENT,), WORKING, record.lease))
            await waiting
            await reader.read(task, after=version)
            times.append(time.perf_counter() - began)
    times.sort()
    p50, p99 = (times[count * share // 100] * 1e3 for share in (50, 99))
    print(f"{what:<44}{'':>11}   p50 {p50:6.2f} ms   p99 {p99:6.2f} ms")


async def main(seconds: float) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tasks.db"
        async with SqliteTaskLog(file) as log, SqliteTaskLog(file) as other:
            for callers in (1, 32, 256):
                what = f"unary task, two commits, {callers} callers"
                await measured(what, seconds, callers, partial(unary, log))
            await measured("load a task, 32 callers", seconds, 32, lambda _: log.load("32-1"))
            await chunks(log, 2_000)
            await wake_ups("append seen by a reader of this process", log, log, "near", 50)
            await wake_ups("append seen by a reader of another process", log, other, "far", 50)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0, help="for each line")
    asyncio.run(main(parser.parse_args().seconds))
