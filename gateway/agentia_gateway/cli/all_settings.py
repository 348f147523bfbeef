"""The settings of all services that are installed: each names its class as an entry point.

[project.entry-points."agentia.settings"]
registry = "agentia_registry.settings:RegistrySettings"
"""

from __future__ import annotations

from importlib.metadata import entry_points

from agentia_fabric.settings import Explained, MeshSettings

ENTRY_POINTS = "agentia.settings"


def explained() -> list[Explained]:
    """Every setting once, the shared ones first. Raises `SettingsError` for a value that cannot be used."""
    settings = {setting.environment: setting for setting in MeshSettings.explain()}
    for entry_point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name):
        for setting in entry_point.load().explain():
            settings.setdefault(setting.environment, setting)
    return list(settings.values())
