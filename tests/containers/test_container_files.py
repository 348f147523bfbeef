"""Dockerfile and compose file: what they promise holds before anybody has built them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = [
    line.split(maxsplit=1)
    for line in re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE)).splitlines()
    if line
]
STAGES = [number for number, (name, _) in enumerate(INSTRUCTIONS) if name == "FROM"]
LAST = dict(INSTRUCTIONS[STAGES[-1] :])

every_service = pytest.mark.parametrize("name", sorted(SERVICES))


def distributions() -> dict[str, str]:
    """The service of each distribution of the workspace, by the distribution's name."""
    found: dict[str, str] = {}
    for path in ROOT.glob("*/pyproject.toml"), ROOT.glob("*/*/pyproject.toml"):
        for file in path:
            project = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {})
            for service in project.get("entry-points", {}).get("agentia.services", {}):
                found[project["name"]] = service
    return found


def test_every_service_of_the_workspace_has_a_container():
    assert set(SERVICES) == set(distributions().values())


@every_service
def test_the_image_of_a_service_is_built_from_the_distribution_of_that_name(name: str):
    build = SERVICES[name]["build"]
    assert build["args"]["SERVICE"] == name
    assert distributions()[f"agentia-{name}"] == name
    assert SERVICES[name]["image"].startswith(f"agentia/{name}:")


@every_service
def test_a_container_can_change_nothing_but_its_data(name: str):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["user"] == "10001:10001"
    assert any(entry.startswith("/tmp") for entry in service["tmpfs"])
    volume, *others = service["volumes"]
    assert volume == f"{name}:/data"
    assert name in COMPOSE["volumes"]
    assert all(entry.endswith(":ro") for entry in others)


@every_service
def test_no_secret_stands_in_the_environment_or_in_the_file(name: str):
    environment = SERVICES[name]["environment"]
    assert environment["AGENTIA_CONFIG"] == "/run/secrets/agentia.toml"
    assert SERVICES[name]["secrets"] == ["agentia.toml"]
    assert not {"AGENTIA_SECRET", "AGENTIA_API_KEY"} & set(environment)
    assert environment.get("OPENAI_API_KEY") is None


@every_service
def test_what_a_service_needs_is_started_and_healthy_before_it(name: str):
    needs = SERVICES[name].get("depends_on", {})
    assert set(needs) <= set(SERVICES)
    assert all(need == {"condition": "service_healthy"} for need in needs.values())


def test_only_the_gateway_is_published_and_only_to_this_machine():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"gateway": ["${AGENTIA_LISTEN:-127.0.0.1:8080}:8000"]}


@every_service
def test_services_find_each_other_by_names_and_ports_that_exist(name: str):
    for value in SERVICES[name]["environment"].values():
        for host, port in re.findall(r"http://([a-z]+):(\d+)/", value or ""):
            assert host in SERVICES
            assert port == LAST["EXPOSE"]


def test_addresses_that_may_be_fetched_are_those_of_the_network():
    (config,) = COMPOSE["networks"]["mesh"]["ipam"]["config"]
    assert all(each["environment"]["AGENTIA_FETCH_ALLOW"] == config["subnet"] for each in SERVICES.values())


def test_base_and_service_are_arguments_and_both_stages_use_one_base():
    assert INSTRUCTIONS[0][1].startswith("BASE=")
    assert [INSTRUCTIONS[stage][1].split()[0] for stage in STAGES] == ["${BASE}", "${BASE}"]
    assert [value for name, value in INSTRUCTIONS if name == "ARG" and value == "SERVICE"] == ["SERVICE"] * 2


def test_the_image_runs_as_nobody_special_answers_for_its_health_and_takes_signals():
    assert int(LAST["USER"]) >= 10000
    assert "/readyz" in LAST["HEALTHCHECK"]
    assert LAST["CMD"].startswith('["sh", "-c", "exec python3 -m agentia_fabric.host ')
    assert LAST["VOLUME"] == "/data"


def test_the_image_has_no_build_tools_and_is_locked():
    installs = [value for name, value in INSTRUCTIONS[: STAGES[-1]] if name == "RUN" and "uv sync" in value]
    assert all("--locked" in value and "--no-dev" in value and "--no-editable" in value for value in installs)
    copied = [value for name, value in INSTRUCTIONS[STAGES[-1] :] if name in ("COPY", "ADD")]
    assert copied == ["--from=build /opt/agentia /opt/agentia"]
    assert not any(name == "ADD" or "latest" in value for name, value in INSTRUCTIONS)


def test_only_what_is_built_goes_to_the_engine():
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"
    let_in = {line[1:] for line in lines if line.startswith("!")}
    assert all((ROOT / name).exists() for name in let_in)
    assert {"secrets", "tests", ".git"} & let_in == set()


@pytest.mark.parametrize("script", ["run", "base", "secrets"])
def test_the_scripts_stop_at_the_first_error(script: str):
    text = (ROOT / "tests" / "containers" / script).read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in text
