"""What any A2A server needs to join the mesh."""

from agentia_kit.card import Card, Skill
from agentia_kit.serving import serve, service_of

__all__ = ["Card", "Skill", "serve", "service_of"]
