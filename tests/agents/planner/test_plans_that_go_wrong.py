"""Plans whose steps fail, ask, are canceled or find nobody, and how steps share the time."""

from __future__ import annotations

import asyncio
from typing import Any

from a2a.types.a2a_pb2 import CancelTaskRequest, Message, Part, Role, SendMessageRequest, TaskState

from agentia_planner.child import message_id
from agentia_testing.asking import Heard
from agentia_testing.tradesmen import Tradesman

WAIT_SECONDS = 10


def serving(*men: Tradesman) -> dict[str, Any]:
    return {f"{man.trade}-man": man.service for man in men}


async def test_independent_steps_run_side_by_side(serve_mesh: Any) -> None:
    gate = asyncio.Event()
    lathe, forge = Tradesman("lathe", gate=gate), Tradesman("forge", gate=gate)
    async with serve_mesh(serving(lathe, forge)) as planner, asyncio.timeout(WAIT_SECONDS):
        asking = asyncio.create_task(planner.ask("Use the lathe. Use the forge."))
        await lathe.at_work.wait()
        await forge.at_work.wait()
        gate.set()
        heard = await asking
    assert heard.state == "COMPLETED"
    assert heard.said[-1].startswith("2 of 2 steps done: ")


async def test_every_step_is_streamed(serve_mesh: Any) -> None:
    async with serve_mesh(serving(Tradesman("lathe"), Tradesman("forge"))) as planner:
        heard = await planner.ask("Use the lathe, then use the forge and write a brief about it")
    assert heard.said[0].startswith("Plan: 1. Use the lathe; 2. Use the forge")
    assert "1/3 lathe-man: Use the lathe" in heard.said
    assert "1/3 lathe-man: heating up the lathe" in heard.said


async def test_a_step_that_fails_is_named_with_what_was_still_done(serve_mesh: Any) -> None:
    lathe, forge = Tradesman("lathe", fails="the belt broke"), Tradesman("forge", answers="a nail")
    async with serve_mesh(serving(lathe, forge)) as planner:
        heard = await planner.ask("Use the lathe. Use the forge. Write a brief about the lathe results.")
    assert heard.state == "FAILED"
    assert "Step 1 (“Use the lathe.”) failed at lathe-man: the belt broke." in heard.said[-1]
    assert "Step 3 was not started, since it needs step 1." in heard.said[-1]
    assert "Done: step 2 (forge-man)." in heard.said[-1]
    assert heard.of("forge") == "a nail"


async def test_a_step_that_nobody_can_do_is_said(serve_mesh: Any) -> None:
    async with serve_mesh(serving(Tradesman("lathe"))) as planner:
        heard = await planner.ask("Use the lathe. Translate quotations into Quenya.")
    assert heard.state == "FAILED"
    assert "no agent can do this" in heard.said[-1]


async def test_a_question_of_an_agent_reaches_the_caller_and_the_answer_the_agent(serve_mesh: Any) -> None:
    lathe, forge = Tradesman("lathe", answers="a screw", asks="Which thread?"), Tradesman("forge")
    async with serve_mesh(serving(lathe, forge)) as planner:
        first = await planner.ask("Use the forge. Use the lathe.")
        assert (first.state, first.said[-1]) == ("INPUT_REQUIRED", "Which thread?")
        second = await planner.ask("metric", after=first)
    assert second.state == "COMPLETED"
    assert [part.text for part in lathe.asked[1].parts] == ["metric"]
    assert len(forge.asked) == 1
    assert second.said[-1].startswith("2 of 2 steps done")


async def test_a_cancel_takes_the_children_along(serve_mesh: Any) -> None:
    lathe = Tradesman("lathe", gate=asyncio.Event())
    async with serve_mesh(serving(lathe)) as planner, asyncio.timeout(WAIT_SECONDS):
        heard = Heard()
        message = Message(message_id="m-1", role=Role.ROLE_USER, parts=[Part(text="Use the lathe")])
        async for event in planner.client.send_message(SendMessageRequest(message=message)):
            heard.take(event)
            if lathe.at_work.is_set() and any("heating" in text for text in heard.said):
                break
        task = await planner.client.cancel_task(CancelTaskRequest(id=heard.task))
    assert task.status.state == TaskState.TASK_STATE_CANCELED
    assert lathe.canceled == 1


async def test_a_cancel_reaches_the_agent_that_waits_for_an_answer(serve_mesh: Any) -> None:
    lathe = Tradesman("lathe", asks="Which thread?")
    async with serve_mesh(serving(lathe)) as planner:
        first = await planner.ask("Use the lathe")
        await planner.client.cancel_task(CancelTaskRequest(id=first.task))
    assert lathe.canceled == 1


async def test_results_of_a_step_are_material_of_the_next(serve_mesh: Any) -> None:
    lathe, writer = Tradesman("lathe", answers="a screw"), Tradesman("brief")
    async with serve_mesh(serving(lathe, writer)) as planner:
        await planner.ask("Use the lathe and write a brief", Part(text="an attachment"))
    assert [part.text for part in writer.asked[0].parts] == ["Write a brief", "a screw", "an attachment"]


async def test_children_carry_the_principal_one_hop_deeper_and_ids_that_are_found_again(
    serve_mesh: Any,
) -> None:
    lathe = Tradesman("lathe")
    async with serve_mesh(serving(lathe)) as planner:
        heard = await planner.ask("Use the lathe")
    (caller,) = lathe.callers
    assert caller is not None
    assert "planner" in caller.hops
    assert caller.root == heard.task
    assert lathe.asked[0].message_id == message_id(heard.task, 1)
