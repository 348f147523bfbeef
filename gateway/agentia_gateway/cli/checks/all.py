"""Every check, in the order in which a person would look."""

from __future__ import annotations

from typing import Any

from agentia_gateway.cli.checks import joined, machine, model, services
from agentia_gateway.cli.checks.facts import Facts
from agentia_gateway.cli.checks.trouble import Check, Trouble, answers, here, runs_here

CHECKS = (
    Check("The Python is new enough", machine.python),
    Check("The settings can be used", machine.settings),
    Check("The data directory can be written", machine.data_directory, here),
    Check("No dead mesh was left behind", machine.left_behind, here),
    Check("The port is free for the mesh", machine.port, machine.may_start),
    Check("Only this machine can reach the mesh, or a key is set", machine.key, here),
    Check("The folder of files has something to read", machine.files, machine.names_files),
    Check("The mesh answers", services.mesh),
    Check("Every service answers", services.services, runs_here),
    Check("The gateway reaches the registry", services.registry, answers),
    Check("All agents are registered", services.agents, runs_here),
    Check("Joined agents answer and have sound cards", joined.joined, answers),
    Check("The model endpoint takes us", model.model, model.is_named),
)


def looked(facts: Facts) -> list[tuple[Check, list[Trouble]]]:
    """Each check that applies, with what it found."""
    return [(check, list(check.find(facts))) for check in CHECKS if check.applies(facts)]


def reported(check: Check, found: list[Trouble]) -> list[dict[str, Any]]:
    """The check as programs read it: one record when all is fine, else one for each trouble."""
    if not found:
        return [{"check": check.title, "ok": True, "what": "", "remedy": ""}]
    return [
        {"check": check.title, "ok": False, "what": trouble.what, "remedy": trouble.remedy}
        for trouble in found
    ]
