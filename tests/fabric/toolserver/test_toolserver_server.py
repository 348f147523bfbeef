"""A tool server's failures: one sentence behind a code, and never more than that."""

import json
import threading
from pathlib import Path
from typing import Annotated

import anyio
import httpx2
import pytest
from mcp_types import TextContent
from pydantic import BaseModel, Field

from agentia_fabric.toolserver import errors, server
from agentia_fabric.toolserver.app import BODY_BYTES
from agentia_fabric.toolserver.server import ToolServer
from agentia_testing.tool_client import tool_client


class Doubled(BaseModel):
    number: int


def double(number: Annotated[int, Field(le=10)]) -> Doubled:
    """Double it."""
    if number == 3:
        raise errors.NotFound("There is\n  no 3.")
    if number == 4:
        raise RuntimeError("secret /etc/passwd")
    return Doubled(number=2 * number)


def doubling() -> ToolServer:
    built = ToolServer("doubling", log_level="WARNING")
    built.add_tool(double)
    return built


async def test_a_result_is_structured_and_its_text_is_the_same_as_compact_json():
    async with tool_client(doubling()) as tools:
        result = await tools.client.call_tool("double", {"number": 2})
    assert result.structured_content == {"number": 4}
    (content,) = result.content
    assert isinstance(content, TextContent)
    assert content.text == '{"number":4}'
    assert json.loads(content.text) == result.structured_content


async def test_a_fault_is_its_code_and_its_sentence_on_one_line():
    async with tool_client(doubling()) as tools:
        assert await tools.refusal("double", number=3) == ("not_found", "There is no 3.")


async def test_a_defect_is_logged_and_tells_the_caller_nothing_of_itself(caplog: pytest.LogCaptureFixture):
    async with tool_client(doubling()) as tools:
        code, sentence = await tools.refusal("double", number=4)
    assert (code, "secret" in sentence) == ("internal", False)
    assert "secret" in caplog.text


async def test_arguments_that_do_not_fit_are_named():
    async with tool_client(doubling()) as tools:
        assert await tools.refusal("double", number=11) == (
            "bad_arguments",
            "double: number: input should be less than or equal to 10.",
        )
        assert (await tools.refusal("double"))[1] == "double: number: field required."


async def test_an_unknown_tool_is_answered_with_those_that_there_are():
    async with tool_client(doubling()) as tools:
        assert await tools.refusal("halve") == (
            "unknown_tool",
            "There is no tool 'halve' here: there are double.",
        )


async def test_too_many_calls_at_once_are_refused_and_not_queued(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(server, "RUNNING", 1)
    entered, leave = threading.Event(), threading.Event()

    def slow() -> Doubled:
        """Take a while."""
        entered.set()
        assert leave.wait(10)
        return Doubled(number=0)

    built = doubling()
    built.add_tool(slow)
    async with tool_client(built) as tools, anyio.create_task_group() as group:
        group.start_soon(tools.answer, "slow")
        await anyio.to_thread.run_sync(entered.wait, 10)
        assert (await tools.refusal("double", number=1))[0] == "busy"
        leave.set()
    async with tool_client(doubling()) as tools:
        assert await tools.answer("double", number=1) == {"number": 2}


async def test_a_page_of_another_origin_cannot_call_a_tool():
    async with tool_client(doubling()) as tools, httpx2.AsyncClient() as http:
        for header in ({"Origin": "http://evil.example"}, {"Host": "evil.example"}):
            answer = await http.post(f"{tools.url}mcp", json={}, headers=header)
            assert answer.status_code == 403


async def test_a_body_over_the_limit_is_refused():
    async with tool_client(doubling()) as tools, httpx2.AsyncClient() as http:
        answer = await http.post(f"{tools.url}mcp", content=b"x" * (BODY_BYTES + 1))
    assert answer.status_code == 413


def test_every_fault_has_a_code_of_its_own_that_the_contract_lists():
    contract = (Path(__file__).parents[3] / "docs" / "contracts.md").read_text()
    pending, codes = [errors.ToolFault], list[str]()
    while pending:
        fault = pending.pop()
        pending += fault.__subclasses__()
        codes += [fault.code] if "code" in vars(fault) else []
    assert len(codes) == len(set(codes))
    assert all(f"`{code}`" in contract for code in codes)
