"""What the registry refuses, and whose fault it is.

::

    Refusal
    ├── RequestInvalid       400  the caller's: a body, a path or a parameter is not what the contract says
    ├── PrincipalNeeded      401  the caller's: a write from another machine without a valid principal
    ├── SecretWrong          403  the caller's: it is not the one that registered
    ├── AddressRefused       403  whoever gave the URL: the safe fetcher does not go there
    ├── RegistrationUnknown  404  nobody's: the lease ran out; register again
    ├── AgentUnknown         404  the caller's: no such name or identifier
    ├── NameTaken            409  the caller's: the name belongs to another agent
    ├── MeshItself           409  the caller's: the URL is this mesh's own
    ├── CardInvalid          422  the agent's: its card has errors; the findings are in the details
    ├── CardUnreachable      502  the remote's: no card could be fetched
    └── Full                 503  ours: a limit on agents, replicas or watchers is reached

Each carries the HTTP status and the code that its ``Problem`` has; the text is one sentence that says what
to do.
"""

# ruff: noqa: N818 - an error is named for what is the matter

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from agentia_cards.lint import Finding


class Refusal(Exception):
    """Base of all answers that are no."""

    status: ClassVar[int]
    code: ClassVar[str]

    def __init__(self, message: str, details: Iterable[dict[str, Any]] = ()) -> None:
        super().__init__(message)
        self.details = list(details)


class RequestInvalid(Refusal):
    """A body, a path or a parameter is not what the contract says."""

    status = 400
    code = "request_invalid"


class PrincipalNeeded(Refusal):
    """A write from another machine without a valid principal."""

    status = 401
    code = "principal_needed"


class SecretWrong(Refusal):
    """The registration was made with another secret."""

    status = 403
    code = "secret_wrong"


class AddressRefused(Refusal):
    """The URL, or an address behind it, is one that the mesh does not go to."""

    status = 403
    code = "address_refused"


class RegistrationUnknown(Refusal):
    """There is no such replica, or not any more."""

    status = 404
    code = "registration_unknown"


class AgentUnknown(Refusal):
    """There is no agent of this name or identifier."""

    status = 404
    code = "agent_unknown"


class NameTaken(Refusal):
    """The name belongs to another agent."""

    status = 409
    code = "name_taken"


class MeshItself(Refusal):
    """The card is that of the mesh which is asked to take it in."""

    status = 409
    code = "mesh_itself"


class CardInvalid(Refusal):
    """The card has errors; ``details`` are the findings of the lint."""

    status = 422
    code = "card_invalid"

    def __init__(self, findings: Iterable[Finding]) -> None:
        found = list(findings)
        self.unreadable = any(finding.code == "card-unreadable" for finding in found)
        """Whether it is no card at all."""
        super().__init__(
            f"The agent card cannot be used: {found[0].message}" if found else "The agent card is invalid.",
            (
                {
                    "severity": f.severity.value,
                    "path": f.path,
                    "code": f.code,
                    "message": f.message,
                    "section": f.section,
                }
                for f in found
            ),
        )


class CardUnreachable(Refusal):
    """No card could be fetched."""

    status = 502
    code = "card_unreachable"

    def __init__(self, message: str, *, nobody: bool = False) -> None:
        super().__init__(message)
        self.nobody = nobody
        """Whether nothing answered at all, so that other paths are not worth a try."""


class Full(Refusal):
    """A limit is reached."""

    status = 503
    code = "full"
