"""Agents with one trade each, for plans: they note what they were asked, wait, fail or ask on purpose."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import partial

from a2a.server.agent_execution import AgentExecutor, RequestContext
from a2a.server.events import EventQueue
from a2a.server.tasks import TaskUpdater
from a2a.types.a2a_pb2 import Message, Part

from agentia_fabric.hosting import ServiceFactory
from agentia_fabric.identity import Passport
from agentia_kit import Card, Skill, service_of
from agentia_kit.tasks.owners import passport


@dataclass
class Tradesman(AgentExecutor):
    """Does what its trade is called for; `answers` is what it makes."""

    trade: str
    answers: str = "done"
    fails: str = ""
    asks: str = ""
    gate: asyncio.Event | None = None
    """When given, the work waits for it."""
    at_work: asyncio.Event = field(default_factory=asyncio.Event)
    asked: list[Message] = field(default_factory=list[Message])
    callers: list[Passport | None] = field(default_factory=list["Passport | None"])
    canceled: int = 0

    async def execute(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Note the message, then do it."""
        assert context.message is not None
        self.asked.append(context.message)
        self.callers.append(passport(context.call_context))
        updater = TaskUpdater(event_queue, context.task_id or "", context.context_id or "")
        await updater.start_work(updater.new_agent_message([Part(text=f"heating up the {self.trade}")]))
        self.at_work.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.fails:
            await updater.failed(updater.new_agent_message([Part(text=self.fails)]))
        elif self.asks and context.current_task is None:
            await updater.requires_input(updater.new_agent_message([Part(text=self.asks)]))
        else:
            await updater.add_artifact([Part(text=self.answers)], "answer", "answer", last_chunk=True)
            await updater.complete()

    async def cancel(self, context: RequestContext, event_queue: EventQueue) -> None:
        """Count it."""
        self.canceled += 1
        await TaskUpdater(event_queue, context.task_id or "", context.context_id or "").cancel()

    @property
    def service(self) -> ServiceFactory:
        """It as a service of the mesh."""
        skill = Skill(
            self.trade,
            f"The {self.trade}",
            f"Works the {self.trade}.",
            [self.trade],
            [f"Use the {self.trade}"],
        )
        card = Card(f"{self.trade}-man", f"Works the {self.trade}, and nothing else.", [skill])
        return partial(service_of, agent=self, card=card)
