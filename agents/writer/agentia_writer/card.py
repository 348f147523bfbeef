"""What the writer says of itself."""

from __future__ import annotations

from agentia_kit import Card, Skill

CARD = Card(
    name="writer",
    description=(
        "Turns material that comes with the message (text, tables, results of other agents) into a "
        "short structured text: a brief, memo or summary of so many paragraphs, bullet points, a "
        "headline. Adds no facts of its own."
    ),
    skills=[
        Skill(
            "brief",
            "Write a brief",
            "Writes a brief, memo, note, report or email of so many paragraphs for a reader, such as "
            "the manager.",
            tags=["write", "brief", "memo", "report", "email", "paragraph", "draft", "headline"],
            examples=[
                "Write a two-paragraph brief for the manager",
                "Draft a short memo for the board from these figures",
                "Write an email to the team about this in 80 words",
                "Give it a headline",
            ],
        ),
        Skill(
            "summarise",
            "Summarise",
            "Summarises text and tables in sentences, in a paragraph or in bullet points.",
            tags=["summarise", "summarize", "summary", "bullet points", "shorten", "condense", "recap"],
            examples=[
                "Summarise this in three sentences",
                "Turn the notes into five bullet points",
                "Summarise the findings in one paragraph",
            ],
        ),
    ],
    output_modes=("text/markdown", "text/plain"),
)
