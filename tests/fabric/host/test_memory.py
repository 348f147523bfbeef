"""What a process keeps of the memory that it no longer uses."""

import subprocess
import sys

import pytest

PROGRAM = """
from agentia_fabric.host.memory import give_back

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096

pieces = [bytes(100_000) for _ in range(1_000)]
guard = bytes(100_000)  # keeps the end of the heap in use: without a word the rest stays
del pieces
before = resident()
give_back()
print(before - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc is asked")
def test_free_pages_go_back_to_the_system() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    assert int(done.stdout) > 50_000_000
