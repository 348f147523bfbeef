"""openai-agents is imported as `agents`; a folder of ours has the same name and must never hide it."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import agents

ROOT = Path(__file__).resolve().parents[2]


def test_the_folder_agents_holds_no_module_that_would_shadow_the_sdk():
    assert not list((ROOT / "agents").glob("*.py"))


def test_tests_are_no_packages_so_that_pytest_never_inserts_their_parents():
    assert not list((ROOT / "tests").rglob("__init__.py")) or all(
        "support" in path.parts for path in (ROOT / "tests").rglob("__init__.py")
    )


def test_agents_is_the_sdk_also_with_the_repository_first_on_the_path():
    found = subprocess.run(
        [sys.executable, "-c", "import importlib.util as u; print(u.find_spec('agents').origin)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert Path(found.strip()) == Path(agents.__file__)


def test_every_member_carries_the_prefix():
    members = [path for path in ROOT.glob("*/agentia_*") if path.is_dir()] + list(ROOT.glob("*/*/agentia_*"))
    assert members
    assert importlib.util.find_spec("agentia") is None
