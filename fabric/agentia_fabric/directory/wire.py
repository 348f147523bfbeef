"""What registry and others say to each other. `docs/contracts.md` tells the paths; these are the bodies.

Unknown fields are ignored on reading, so that both sides can be updated one after the other. Cards travel as
the agent gave them: a JSON object that nobody has rebuilt.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Json = dict[str, Any]

LEASE_SECONDS = 12.0
"""How long a registration lives without renewal."""
RENEW_SECONDS = 4.0
"""How often a replica renews."""
SECRET_HEADER = "Agentia-Registration-Secret"  # noqa: S105 - a header's name
"""Proves that a renewal comes from whoever registered; kept hashed by the registry."""

Kind = Literal["kit", "foreign"]
"""`kit`: registers and renews by itself, understands the mesh's headers. `foreign`: joined by URL."""


class Wire(BaseModel):
    """Base of every body: frozen, unknown fields ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Registration(Wire):
    """Body of `PUT /registrations/{identifier}/{replica}`."""

    card: Json
    address: str
    """Base URL at which this replica answers, ending with `/`."""
    kind: Kind = "kit"


class Granted(Wire):
    """Answer to a registration: how long it holds."""

    identifier: str
    replica: str
    version: int
    """The version of the directory that shows it."""
    expires_in: float = LEASE_SECONDS
    renew_every: float = RENEW_SECONDS


class Join(Wire):
    """Body of `POST /registrations`: an agent that knows nothing of us, by its URL."""

    url: str
    name: str | None = None
    """The name in the mesh; by default made from the card's name."""


class Fact(Wire):
    """One thing known of a replica. `ok` None means not tried yet."""

    ok: bool | None = None
    at: float | None = None
    detail: str = ""


class Replica(Wire):
    """One running copy of an agent."""

    replica: str
    address: str
    reachable: Fact = Fact()
    working: Fact = Fact()


class AgentRecord(Wire):
    """An agent as the registry knows it: body of `GET /registrations/{identifier}` and of watch events."""

    identifier: str
    name: str
    """The identifier's last segment: unique in the mesh, and the `{name}` of the gateway's paths."""
    publisher: str
    kind: Kind
    card: Json
    digest: str
    """`sha256:` and the hex digest of the card's canonical form."""
    version: int
    """Grows with each change of the card, from 1."""
    replicas: list[Replica] = Field(default_factory=list[Replica])
    conforming: Fact = Fact()
    registered_at: float


class AgentList(Wire):
    """Answer of `GET /registrations`."""

    version: int
    agents: list[AgentRecord]


class Gone(Wire):
    """Data of the watch event `remove`."""

    identifier: str
    name: str


class Find(Wire):
    """Body of `POST /find`: by text, by skill, or both."""

    text: str = ""
    skill: str | None = None
    """A skill id that the agent must have."""
    output_modes: list[str] = Field(default_factory=list[str])
    """Media types of which the agent must produce at least one; empty means any."""
    limit: int = Field(default=5, ge=1, le=50)
    exclude: list[str] = Field(default_factory=list[str])
    """Names of agents that must not be found."""


class Candidate(Wire):
    """One agent that may be able to do it, with what its score is made of."""

    name: str
    identifier: str
    skill: str
    """The id of the skill that matched best."""
    skill_name: str
    score: float
    """0 to 100; the same meaning for every query."""
    parts: dict[str, float] = Field(default_factory=dict[str, float])
    matched: list[str] = Field(default_factory=list[str])
    """The words of the query that were found."""
    reason: str = ""
    """Why it is a candidate when no word was found: `takes text/csv`."""


class Dropped(Wire):
    """An agent that a filter took out, and the reason in one sentence."""

    name: str
    reason: str


class Found(Wire):
    """Answer of `POST /find`: `capable` reach the cut-off, best first; `nearest` did not."""

    capable: list[Candidate] = Field(default_factory=list[Candidate])
    nearest: list[Candidate] = Field(default_factory=list[Candidate])
    dropped: list[Dropped] = Field(default_factory=list[Dropped])
    cutoff: float = 0.0
    took_ms: float = 0.0


class Outcome(Wire):
    """One finished task, for search to learn from: an element of `POST /outcomes`."""

    text: str
    agent: str
    skill: str | None = None
    outcome: Literal["completed", "failed", "rejected", "canceled", "moved"]
    tenant: str = ""


class Problem(Wire):
    """Body of every error of the registry: a code for programs, a sentence that says what to do."""

    code: str
    message: str
    details: list[Json] = Field(default_factory=list[Json])
