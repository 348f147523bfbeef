"""Settings: flag > environment (``AGENTIA_…``) > ``agentia.toml`` > default.

:class:`MeshSettings` are those that all services share; a service adds its own in a subclass. The file is the
one that ``AGENTIA_CONFIG`` names, else ``agentia.toml`` in the working directory.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from agentia_fabric import data_directory
from agentia_fabric.errors import SettingsError
from agentia_fabric.networks import Networks

PREFIX = "AGENTIA_"
SECRET_FILE = "secret"  # noqa: S105 - a file's name


def config_file() -> Path:
    """The settings file, whether it exists or not."""
    return Path(os.environ.get("AGENTIA_CONFIG") or "agentia.toml")


def _networks(value: object) -> object:
    return Networks.parse(value) if isinstance(value, str) else value


def _base_url(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("must be a URL that begins with http:// or https://")
    return value if value.endswith("/") else f"{value}/"


def _secret_in(validated: dict[str, Any]) -> SecretStr | None:
    """The secret that the mesh on this data made for itself, if there is one."""
    try:
        secret = (validated["data"] / SECRET_FILE).read_text(encoding="ascii").strip()
    except (OSError, KeyError, ValueError):
        return None
    return SecretStr(secret) if secret else None


BaseUrl = Annotated[str, AfterValidator(_base_url)]
"""A URL that ends with ``/``; the slash is added where it is missing."""
NetworksSetting = Annotated[Networks, NoDecode, BeforeValidator(_networks)]


@dataclass(frozen=True, slots=True)
class Explained:
    """One setting as ``agentia-mesh config`` shows it; a secret's value is ``••••``."""

    name: str
    environment: str
    value: str
    source: str
    meaning: str


class MeshSettings(BaseSettings):
    """What all services share; ``docs/contracts.md`` has the table."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        arbitrary_types_allowed=True,
        validate_default=False,
    )
    computed_source: ClassVar[dict[str, str]] = {"secret": "DATA/secret"}

    data: Path = Field(default_factory=data_directory.default, description="where state lies")
    registry: BaseUrl | None = Field(None, description="URL of the registry")
    gateway: BaseUrl = Field("http://127.0.0.1:8080/", description="URL of the gateway")
    secret: SecretStr | None = Field(
        default_factory=_secret_in, description="signs the header Agentia-Principal"
    )
    fetch_allow: NetworksSetting = Field(
        Networks(), description="networks that may be fetched from besides public ones, plain http included"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="what is logged")
    body_limit: int = Field(16 * 1024 * 1024, gt=0, description="bytes that a request's body may have")
    drain: int = Field(5, ge=0, description="seconds that running streams get at the end")
    documents: str | None = Field(None, description="URL of the MCP server documents")
    tables: str | None = Field(None, description="URL of the MCP server tables")
    files: Path | None = Field(None, description="the folder that the tool servers serve")
    model: str = Field("rule:", description="which model the agents think with")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flag, environment, file: in this order, and nothing else."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_file())

    @classmethod
    def read(cls, **flags: Any) -> Self:
        """The settings that hold now; a flag that is None was not given.

        Raises:
            SettingsError: a value cannot be used, or the file cannot be read; names the setting.
        """
        given = {name: value for name, value in flags.items() if value is not None}
        try:
            return cls(**given)
        except ValidationError as invalid:
            wrong = invalid.errors(include_url=False, include_context=False, include_input=False)[0]
            name = str(wrong["loc"][0])
            raise SettingsError(
                f"{cls._named(name, given)}: {wrong['msg'].removeprefix('Value error, ')}."
            ) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as unreadable:
            raise SettingsError(f"{config_file()} cannot be read: {unreadable}.") from None

    @classmethod
    def explain(cls, **flags: Any) -> list[Explained]:
        """Every setting with its value and where that came from. Raises what :meth:`read` raises."""
        given = {name: value for name, value in flags.items() if value is not None}
        settings = cls.read(**given)
        return [
            Explained(
                name=name,
                environment=PREFIX + name.upper(),
                value=_shown(getattr(settings, name)),
                source=cls._source(name, given, settings),
                meaning=field.description or "",
            )
            for name, field in cls.model_fields.items()
        ]

    @classmethod
    def _source(cls, name: str, flags: dict[str, Any], settings: Self | None = None) -> str:
        if name in flags:
            return "flag"
        # Names of the environment are matched without regard to case, as pydantic-settings does.
        if any(key.upper() == PREFIX + name.upper() and value for key, value in os.environ.items()):
            return "environment"
        if name in _in_file():
            return str(config_file())
        if name in cls.computed_source and settings is not None and getattr(settings, name) is not None:
            return cls.computed_source[name]
        return "default"

    @classmethod
    def _named(cls, name: str, flags: dict[str, Any]) -> str:
        match cls._source(name, flags):
            case "environment":
                return PREFIX + name.upper()
            case "flag":
                return f"--{name.replace('_', '-')}"
            case source:
                return f"{name} ({source})"


def _in_file() -> dict[str, Any]:
    try:
        return tomllib.loads(config_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "••••"
    return "" if value is None else str(value)
