"""docs/configuration.md has a row for every setting, with its default, and no row for anything else."""

import re
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from agentia_fabric.networks import Networks
from agentia_fabric.settings import MeshSettings
from agentia_gateway.cli.all_settings import ENTRY_POINTS, MODEL
from agentia_kit import models

ROOT = Path(__file__).resolve().parents[2]
MEMBERS = ("cards", "fabric", "registry", "gateway", "agents", "tools")
ROW = re.compile(r"^\| `((?:AGENTIA|OPENAI)_[A-Z_<>]+)` \| (\S+) \| (.+?) \| .+ \|$", re.MULTILINE)
TOLD = {
    row[1]: (row[2], row[3])
    for row in ROW.finditer((ROOT / "docs/configuration.md").read_text(encoding="utf-8"))
}
"""The rows: environment name → name in the file, default."""

CLASSES: list[type[MeshSettings]] = [
    MeshSettings, *(point.load() for point in entry_points(group=ENTRY_POINTS))
]  # fmt: skip
FIELDS = {f"AGENTIA_{name.upper()}": (name, field) for c in CLASSES for name, field in c.model_fields.items()}
IN_SOURCE = re.compile(r"""["']((?:AGENTIA|OPENAI)_[A-Z_]+)["']""")
IN_COMPOSE = re.compile(r"\$\{(AGENTIA_[A-Z_]+)(?::-(.*?))?\}")


def spelled(default: Any) -> str:
    """A default as the table writes it."""
    return "none" if default is None or default == Networks() else f"`{default}`"


def test_every_setting_of_every_service_has_its_row() -> None:
    assert FIELDS.keys() - TOLD.keys() == set()


def test_rows_name_the_settings_as_the_file_does() -> None:
    in_file = {name: told for name, (told, _) in TOLD.items() if told != "–"}

    assert in_file == {name: f"`{field}`" for name, (field, _) in FIELDS.items()}


def test_rows_tell_the_defaults_that_hold() -> None:
    fixed = {name: field for name, (_, field) in FIELDS.items() if field.default_factory is None}
    expected = {name: spelled(field.default) for name, field in fixed.items()}

    assert {name: TOLD[name][1] for name in fixed} == expected


def test_settings_of_the_model_are_told_as_the_kit_has_them() -> None:
    assert MODEL["OPENAI_BASE_URL"][0] == models.OPENAI
    assert float(MODEL["AGENTIA_MODEL_TIMEOUT"][0]) == models.TIMEOUT
    told = {name: TOLD[name][1].strip("`") for name, (default, _) in MODEL.items() if default}
    assert told == {name: default for name, (default, _) in MODEL.items() if default}
    assert MODEL.keys() <= TOLD.keys()


def test_containers_are_set_up_as_told() -> None:
    found = IN_COMPOSE.findall((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    own = {name: default for name, default in found if name not in FIELDS}

    assert own == {name: TOLD[name][1].strip("`") for name in own}


def test_whatever_is_read_anywhere_has_its_row_and_no_row_is_without_a_reader() -> None:
    sources = [
        path.read_text(encoding="utf-8") for member in MEMBERS for path in (ROOT / member).rglob("*.py")
    ]
    read = {name for source in sources for name in IN_SOURCE.findall(source)}
    compose = {name for name, _ in IN_COMPOSE.findall((ROOT / "compose.yaml").read_text(encoding="utf-8"))}

    assert TOLD.keys() - {"AGENTIA_<AGENT>_MODEL"} == read | compose | FIELDS.keys()
