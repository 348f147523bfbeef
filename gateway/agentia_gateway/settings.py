"""What the gateway can be told (docs/contracts.md has what all services share)."""

from __future__ import annotations

from pydantic import Field, SecretStr

from agentia_fabric.settings import BaseUrl, MeshSettings


class GatewaySettings(MeshSettings):
    """Settings of the gateway: flag > environment (``AGENTIA_…``) > ``agentia.toml`` > default."""

    name: str = Field("Agentia Mesh", description="what the mesh calls itself on its card")
    api_key: SecretStr | None = Field(None, description="the key that callers have to send; none on loopback")
    inside: BaseUrl | None = Field(
        None, description="URL of the gateway for the mesh's own agents, where callers use another"
    )
    idle: float = Field(300.0, gt=0, description="seconds that an agent may be silent during a call")
    answer_limit: int = Field(
        64 * 1024 * 1024, gt=0, description="bytes that an answer of an agent may have, or one event of it"
    )
