"""Cards to test with: whole and valid, of A2A 1.0 and 0.3. Each call makes a new one, free to be changed."""

from __future__ import annotations

from typing import Any


def card_1_0(url: str = "https://agent.example/a2a/", **changes: Any) -> dict[str, Any]:
    """A valid A2A 1.0 card with one skill and two interfaces; `changes` replace top-level fields."""
    return {
        "name": "Route planner",
        "description": "Plans journeys by rail.",
        "version": "1.2.0",
        "supportedInterfaces": [
            {"url": url, "protocolBinding": "JSONRPC", "protocolVersion": "1.0"},
            {"url": url, "protocolBinding": "HTTP+JSON", "protocolVersion": "1.0"},
        ],
        "provider": {"organization": "Example Rail", "url": "https://rail.example/"},
        "capabilities": {"streaming": True, "pushNotifications": False},
        "defaultInputModes": ["text/plain"],
        "defaultOutputModes": ["text/plain", "application/json"],
        "skills": [_skill()],
    } | changes


def card_0_3(url: str = "https://agent.example/a2a/", **changes: Any) -> dict[str, Any]:
    """A valid A2A 0.3 card; `changes` replace top-level fields."""
    return {
        "name": "Route planner",
        "description": "Plans journeys by rail.",
        "version": "1.2.0",
        "protocolVersion": "0.3.0",
        "url": url,
        "preferredTransport": "JSONRPC",
        "additionalInterfaces": [
            {"url": url, "transport": "JSONRPC"},
            {"url": f"{url}rest/", "transport": "HTTP+JSON"},
        ],
        "provider": {"organization": "Example Rail", "url": "https://rail.example/"},
        "capabilities": {"streaming": True, "stateTransitionHistory": False},
        "defaultInputModes": ["text/plain"],
        "defaultOutputModes": ["text/plain", "application/json"],
        "skills": [_skill()],
    } | changes


def _skill() -> dict[str, Any]:
    return {
        "id": "plan-route",
        "name": "Plan a route",
        "description": "Finds the quickest trains between two towns.",
        "tags": ["rail", "route"],
        "examples": ["How do I get from Ghent to Basel by noon?"],
        "outputModes": ["application/json"],
    }
