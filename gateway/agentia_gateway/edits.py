"""Everything that the gateway changes in what passes through it. All else stays the bytes that came.

- the context id is filled in where a follow-up names only its task (a2a-python#1206; §3.4.3);
- the tenant that the agent's interface asks for is filled in: callers do not know it;
- an extended card is shown behind the gateway's origin, as every card is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, cast
from urllib.parse import quote

import orjson

from agentia_cards.rewrite import rewritten
from agentia_gateway.protocol.call import Call, Json

_TASK_ID = re.compile(rb'"(?:taskId|task_id)"\s*:')


def with_context(call: Call, context: str) -> bytes:
    """The body of a send with the context id beside the task id; other bytes stay where they are."""
    places = list(_TASK_ID.finditer(call.body))
    if len(places) == 1:
        at = places[0].start()
        return b"".join((call.body[:at], b'"contextId":', orjson.dumps(context), b",", call.body[at:]))
    return _rebuilt(call, dict(call.params) | {"message": call.message | {"contextId": context}})


def with_tenant(call: Call, body: bytes, tenant: str) -> bytes:
    """The body of a JSON-RPC request with the tenant of the agent's interface."""
    if not tenant or call.caller.binding != "JSONRPC":
        return body
    envelope = cast(Json, orjson.loads(body))
    params = cast(Json, envelope.get("params") or {})
    return orjson.dumps(envelope | {"params": params | {"tenant": tenant}})


def path_with_tenant(call: Call, tenant: str) -> str:
    """The path below the agent's address; HTTP+JSON has the tenant in front (0.3 has none)."""
    if not tenant or call.caller.binding == "JSONRPC" or call.named_in != "1.0":
        return call.path
    return f"{quote(tenant, safe='')}/{call.path}"


def extended_card(answer: Json, call: Call, base_url: str, addresses: Collection[str]) -> Json:
    """The answer to GetExtendedAgentCard with its card rewritten; errors stay as they are."""
    if call.caller.binding == "HTTP+JSON":
        return answer if "error" in answer else rewritten(answer, base_url, own_addresses=addresses)
    card = answer.get("result")
    if not isinstance(card, dict):
        return answer
    return answer | {"result": rewritten(cast(Json, card), base_url, own_addresses=addresses)}


def _rebuilt(call: Call, params: Mapping[str, Any]) -> bytes:
    if call.caller.binding == "HTTP+JSON":
        return orjson.dumps(params)
    return orjson.dumps(cast(Json, orjson.loads(call.body)) | {"params": params})
