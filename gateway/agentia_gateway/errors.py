"""What the gateway refuses by itself, whose fault it is, and how each binding says so (A2A 1.0 §5.4).

::

    GatewayError
    ├── CallerError                the caller's: sending the same again will not help
    │   ├── NotJson                  -32700  the body is no JSON
    │   ├── InvalidRequest           -32600  it is JSON, but no request
    │   │   ├── BodyTooLarge           413   more bytes than are taken
    │   │   ├── AgentUnknown           404   the path names an agent that is not there
    │   │   ├── KeyMissing             401   no key, or a wrong one
    │   │   └── ChainRefused           403   the chain of calls is too deep, too long, or bites its tail
    │   ├── MethodUnknown            -32601  no such operation
    │   ├── InvalidParams            -32602  the operation cannot be done with these parameters
    │   ├── TaskNotFound             -32001  no such task, or not the caller's
    │   ├── TaskNotCancelable        -32002  the task has ended
    │   ├── UnsupportedOperation     -32004  not here, or not with this agent
    │   └── VersionNotSupported      -32009  the agent does not speak the caller's version
    ├── AgentError                 the agent's: it, or the way to it, failed
    │   ├── AgentUnreachable         -32603  nothing was sent; trying again is safe
    │   ├── AgentBroke               -32603  it went away while it was answering
    │   ├── AgentSilent              -32603  it said nothing for too long
    │   └── InvalidAgentResponse     -32006  what it said is no A2A
    └── MeshError                  ours, or the operator's
        ├── RegistryDown             -32603  nobody can search now
        ├── LedgerDown               -32603  ownership cannot be written or read now
        └── Unexpected               -32603  a fault of ours

The text is one sentence for the caller; it names no agent's address. ``about`` becomes the metadata of the
``google.rpc.ErrorInfo`` that every answer carries.
"""

# Errors are named for what happened, not for being errors.
# ruff: noqa: N818

from __future__ import annotations

from typing import ClassVar


class GatewayError(Exception):
    """Base of all. ``code`` is JSON-RPC's; ``http`` and ``status`` are those of HTTP+JSON."""

    code: ClassVar[int] = -32603
    http: ClassVar[int] = 500
    status: ClassVar[str] = "INTERNAL"
    reason: ClassVar[str] = "INTERNAL_ERROR"
    rpc_http: ClassVar[int] = 200
    """The HTTP status of a JSON-RPC answer: 200 unless HTTP itself is what was refused."""
    retry_after: ClassVar[int | None] = None
    """Seconds after which trying again makes sense."""

    def __init__(self, message: str, **about: str) -> None:
        super().__init__(message)
        self.message = message
        self.about = about


class CallerError(GatewayError):
    """The caller's fault."""

    code = -32600
    http = 400
    status = "INVALID_ARGUMENT"
    reason = "INVALID_REQUEST"


class NotJson(CallerError):
    """The body is no JSON."""

    code = -32700
    reason = "JSON_PARSE"


class InvalidRequest(CallerError):
    """The body is JSON, but no request."""


class BodyTooLarge(InvalidRequest):
    """The body is over the limit."""

    http = rpc_http = 413
    status = "RESOURCE_EXHAUSTED"


class AgentUnknown(InvalidRequest):
    """The path names an agent that the mesh does not have."""

    http = rpc_http = 404
    status = "NOT_FOUND"
    reason = "AGENT_UNKNOWN"


class KeyMissing(InvalidRequest):
    """The mesh wants a key."""

    http = rpc_http = 401
    status = "UNAUTHENTICATED"
    reason = "UNAUTHENTICATED"


class ChainRefused(InvalidRequest):
    """A call that comes from agents of the mesh may not go on; names the chain."""

    http = rpc_http = 403
    status = "PERMISSION_DENIED"
    reason = "CALL_CHAIN_REFUSED"


class MethodUnknown(CallerError):
    """No such operation."""

    code = -32601
    http = 404
    status = "NOT_FOUND"
    reason = "METHOD_NOT_FOUND"


class InvalidParams(CallerError):
    """The operation cannot be done with these parameters."""

    code = -32602
    reason = "INVALID_PARAMS"


class TaskNotFound(CallerError):
    """No such task, or not the caller's."""

    code = -32001
    http = 404
    status = "NOT_FOUND"
    reason = "TASK_NOT_FOUND"


class TaskNotCancelable(CallerError):
    """The task has ended."""

    code = -32002
    status = "FAILED_PRECONDITION"
    reason = "TASK_NOT_CANCELABLE"


class UnsupportedOperation(CallerError):
    """Not here, or not with this agent."""

    code = -32004
    status = "FAILED_PRECONDITION"
    reason = "UNSUPPORTED_OPERATION"


class VersionNotSupported(CallerError):
    """The agent does not speak the caller's version of A2A."""

    code = -32009
    status = "FAILED_PRECONDITION"
    reason = "VERSION_NOT_SUPPORTED"


class AgentError(GatewayError):
    """The agent, or the way to it, failed."""


class AgentUnreachable(AgentError):
    """No replica took the call; nothing was sent."""

    http = 503
    status = "UNAVAILABLE"
    reason = "AGENT_UNREACHABLE"
    retry_after = 2


class AgentBroke(AgentError):
    """The agent went away while it was answering; its task may go on."""

    http = 502
    status = "UNAVAILABLE"
    reason = "AGENT_BROKE"
    retry_after = 2


class AgentSilent(AgentError):
    """The agent said nothing for as long as the gateway waits; its task may go on."""

    http = 504
    status = "DEADLINE_EXCEEDED"
    reason = "AGENT_SILENT"


class InvalidAgentResponse(AgentError):
    """What the agent said is no A2A."""

    code = -32006
    reason = "INVALID_AGENT_RESPONSE"


class MeshError(GatewayError):
    """Ours, or the operator's."""


class RegistryDown(MeshError):
    """Nobody can search now; named agents still run."""

    http = 503
    status = "UNAVAILABLE"
    reason = "REGISTRY_UNAVAILABLE"
    retry_after = 2


class LedgerDown(MeshError):
    """Whose task it is cannot be written or read now."""

    http = 503
    status = "UNAVAILABLE"
    reason = "LEDGER_UNAVAILABLE"
    retry_after = 2


class Unexpected(MeshError):
    """A fault of ours; the log has the rest."""
