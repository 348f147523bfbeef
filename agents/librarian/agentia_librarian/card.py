"""What the librarian says of itself."""

from __future__ import annotations

from agentia_kit import Card, Skill

CARD = Card(
    name="librarian",
    description=(
        "Answers questions from a folder of documents (Markdown, text, HTML, PDF, Word): handbooks, "
        "policies, minutes, contracts, notes. Quotes the sentence that answers, with file, heading, "
        "page and lines, and says plainly when no document answers."
    ),
    skills=[
        Skill(
            "find-in-documents",
            "Find in documents",
            "Finds what the documents say: who, when, where, how much, how many days, which rule; "
            "reads and lists them.",
            tags=[
                "document",
                "search",
                "read",
                "handbook",
                "policy",
                "rules",
                "text",
                "pdf",
                "notes",
                "contract",
            ],
            examples=[
                "How many days of holiday do we get?",
                "When is the new product launched?",
                "What does the travel policy say about hotels?",
                "Who approves trips under 400 euros?",
                "Read the document handbook.md",
            ],
        ),
        Skill(
            "quote",
            "Quote",
            "Quotes passages word for word with their places: path, heading, page, lines.",
            tags=["quote", "citation", "passage", "source", "verbatim", "reference"],
            examples=[
                "Quote the passage about returns",
                "Quote two sentences on working from home",
                "Cite what deliveries.txt says about damaged goods",
            ],
        ),
    ],
    output_modes=("text/markdown", "text/plain", "application/json"),
)
