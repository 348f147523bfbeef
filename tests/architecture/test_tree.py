"""docs/architecture.md names every folder that there is, and no other."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOLD = ("cards", "fabric", "registry", "gateway", "agents", "tools", "tests", "benchmarks", "charts", "docs")
LINE = re.compile(r"^((?:  )*)([\w.-]+)/(?: +(\S.*))?$")
LEFT_OUT = {"__pycache__", "node_modules"}


def told() -> Iterator[tuple[str, str]]:
    """Folder and what is said of it, from the indented tree."""
    document = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    above: list[str] = []
    for line in document.partition("```text\n")[2].partition("```")[0].splitlines():
        found = LINE.match(line.rstrip())
        assert found, line
        above[len(found[1]) // 2 :] = [found[2]]
        yield "/".join(above), found[3] or ""


def there() -> Iterator[str]:
    """The folders that hold files, and those above them."""
    for top in TOLD:
        for path in (ROOT / top).rglob("*"):
            parts = path.relative_to(ROOT).parts[:-1]
            hidden = any(part in LEFT_OUT or part.startswith(".") for part in parts)
            if path.is_file() and not hidden:
                yield from ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def test_the_page_names_every_folder_and_no_other() -> None:
    assert {folder for folder, _ in told()} == set(there())


def test_every_folder_but_mirrors_in_tests_has_its_line() -> None:
    silent = [folder for folder, line in told() if not line]

    assert [folder for folder in silent if not folder.startswith("tests/")] == []
