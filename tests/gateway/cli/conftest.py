"""A real gateway and registry, with the lightest agents and tools that there are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agentia_testing.command import Command
from agentia_testing.supervised import ECHO, supervised

PROCESSES = [
    {"name": "agents", "services": [f"analyst={ECHO}", f"writer={ECHO}"]},
    {"name": "gateway", "services": ["gateway"], "vital": True},
    {"name": "registry", "services": ["registry"], "vital": True},
    {"name": "tools", "services": [f"documents={ECHO}"]},
]


@pytest.fixture(scope="module")
def mesh_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data directory of a mesh that runs; its analyst and writer answer, and register nowhere."""
    data = tmp_path_factory.mktemp("mesh")
    with supervised(data, PROCESSES) as mesh:
        mesh.wait_for(*(("ready", name) for name in ("analyst", "gateway", "registry", "documents")))
        yield data


@pytest.fixture
def mesh(mesh_data: Path, tmp_path: Path) -> Command:
    """The command, which finds the running mesh by its data directory."""
    return Command(gateway=None, data=mesh_data, folder=tmp_path)
