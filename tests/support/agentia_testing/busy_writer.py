"""A process that writes and says each acknowledgement: ``busy_writer.py FILE TASKS EVENTS``."""

import asyncio
import sys
from pathlib import Path

from agentia_fabric.tasklog.sqlite import SqliteTaskLog
from agentia_testing.tasks import add, started


async def write(log: SqliteTaskLog, task: str, events: int) -> None:
    lease = await started(log, task)
    for version in range(1, events):
        print(task, await add(log, lease, version, b"%d" % version, task=task), flush=True)


async def main(file: str, tasks: int, events: int) -> None:
    async with SqliteTaskLog(Path(file)) as log:
        await asyncio.gather(*(write(log, f"task-{number}", events) for number in range(tasks)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
