"""The settings of all services that are installed, and of the model that agents think with.

A service with settings of its own names their class as an entry point:

    [project.entry-points."agentia.settings"]
    gateway = "agentia_gateway.settings:GatewaySettings"
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib.metadata import entry_points

from agentia_fabric.settings import Explained, MeshSettings, config_file

ENTRY_POINTS = "agentia.settings"
CONFIG = "AGENTIA_CONFIG"
OF_ONE_AGENT = re.compile(r"AGENTIA_([A-Z0-9_]+)_MODEL")

MODEL = {
    "OPENAI_API_KEY": ("", "the key of the model endpoint"),
    "OPENAI_BASE_URL": ("https://api.openai.com/v1", "address of an OpenAI-compatible endpoint"),
    "AGENTIA_API": ("", "responses or chat; by default what the endpoint is known to speak"),
    "AGENTIA_MODEL_TIMEOUT": ("120", "seconds that a model may stay silent"),
}
"""What the agents read from the environment alone: default and meaning."""


def explained() -> list[Explained]:
    """Every setting once, the shared ones first. Raises `SettingsError` for a value that cannot be used."""
    settings = {setting.environment: setting for setting in (_of_file(), *MeshSettings.explain())}
    for entry_point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        for setting in entry_point.load().explain():
            settings.setdefault(setting.environment, setting)
    for setting in _of_models():
        settings.setdefault(setting.environment, setting)
    return list(settings.values())


def _of_file() -> Explained:
    source = "environment" if os.environ.get(CONFIG) else "default"
    return Explained(CONFIG.lower(), CONFIG, str(config_file()), source, "the settings file")


def _of_models() -> Iterator[Explained]:
    for name, (default, meaning) in MODEL.items():
        value = os.environ.get(name)
        shown = "••••" if value and name.endswith("KEY") else value or default
        yield Explained(name.lower(), name, shown, "environment" if value else "default", meaning)
    for name, value in sorted(os.environ.items()):
        if (agent := OF_ONE_AGENT.fullmatch(name)) and value:
            meaning = f"which model {agent[1].lower().replace('_', '-')} thinks with"
            yield Explained(name.lower(), name, value, "environment", meaning)
