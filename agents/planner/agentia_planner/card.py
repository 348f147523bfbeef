"""What the planner says of itself."""

from __future__ import annotations

from agentia_kit import Card, Skill

CARD = Card(
    name="planner",
    description=(
        "Takes a task that needs several agents: splits it into steps, finds an agent of the mesh for"
        " each, calls them through the gateway, runs independent steps side by side, passes results "
        "on and joins them. Streams every step."
    ),
    skills=[
        Skill(
            "plan",
            "Plan and run a task of several steps",
            "Splits a task with several parts into steps, has other agents do them and joins their results.",
            tags=["plan", "steps", "several", "workflow", "orchestrate", "then", "delegate"],
            examples=[
                "Which region sold most in sales.csv? Chart it and write a two-paragraph brief for "
                "the manager",
                "Find the rule about hotels, compute the average price per night, and summarise both",
                "Do these steps one after another and join the results",
            ],
        )
    ],
    output_modes=("text/markdown", "text/plain", "application/json", "text/csv", "image/svg+xml", "*/*"),
)
