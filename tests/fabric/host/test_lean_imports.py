"""What a process with an agent does not import."""

import subprocess
import sys

PROGRAM = """
import sys
from agentia_fabric.host.lean import leave_out_programs
leave_out_programs()
import httpx
assert httpx.Client().get
print([name for name in ("rich", "pygments", "click") if name in sys.modules])
"""


def test_httpx_comes_without_its_program() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
