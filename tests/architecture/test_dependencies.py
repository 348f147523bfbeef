"""A member imports only what its own pyproject.toml declares, and declares only what it imports."""

import ast
import itertools
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MEMBERS = sorted(
    path.parent
    for pattern in ("*/pyproject.toml", "agents/*/pyproject.toml", "tools/*/pyproject.toml")
    for path in ROOT.glob(pattern)
)
NAME = re.compile(r"^[A-Za-z0-9._-]+")
WITHOUT_IMPORT = {
    ("agentia-tables", "pytz"),  # DuckDB, for times with a zone
    ("agentia-fabric", "httptools"),  # uvicorn, by name
    ("agentia-fabric", "anyio"),  # httpcore2's AnyIOBackend
}
"""Declared for a library that imports it when it is there."""


@cache
def distributions() -> dict[str, list[str]]:
    """Top-level import name → normalised distributions; ours too, which are installed as folders."""
    found = packages_distributions()
    ours = {package.name: [declared(member)[0]] for member in MEMBERS for package in member.glob("agentia_*")}
    return {name: [normalised(each) for each in holders] for name, holders in found.items()} | ours


def normalised(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def declared(member: Path) -> tuple[str, set[str]]:
    """The member's own name, and all that it declares, extras included."""
    project = tomllib.loads((member / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    wanted = [*project.get("dependencies", []), *itertools.chain.from_iterable(extras)]
    names = [NAME.match(each) for each in wanted]
    return project["name"], {normalised(name[0]) for name in names if name}


def imported(member: Path) -> Iterator[str]:
    """The top-level names that the member's code imports, wherever in it."""
    for path in member.glob("agentia_*/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names):
                    yield from (alias.name.partition(".")[0] for alias in names)
                case ast.ImportFrom(module=str(module), level=0):
                    yield module.partition(".")[0]
                case _:
                    pass


def third_party(member: Path) -> set[str]:
    own = {path.name for path in member.glob("agentia_*")}
    return set(imported(member)) - sys.stdlib_module_names - own


@pytest.mark.parametrize("member", MEMBERS, ids=lambda path: path.name)
def test_what_a_member_imports_it_declares(member: Path) -> None:
    _, names = declared(member)

    assert [name for name in third_party(member) if not names & set(distributions()[name])] == []


@pytest.mark.parametrize("member", MEMBERS, ids=lambda path: path.name)
def test_what_a_member_declares_it_imports(member: Path) -> None:
    own, names = declared(member)
    used = {each for name in third_party(member) for each in distributions()[name]}
    elsewhere = {name for member, name in WITHOUT_IMPORT if member == own}

    assert names - used - elsewhere == set()


def test_every_member_of_the_workspace_is_looked_at() -> None:
    workspace = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert {declared(member)[0] for member in MEMBERS} == set(workspace["project"]["dependencies"])
