"""What the analyst says of itself."""

from __future__ import annotations

from agentia_kit import Card, Skill

SVG = "image/svg+xml"
CSV = "text/csv"
TABLES = ("text/plain", CSV, "text/tab-separated-values", "application/json", "application/x-ndjson")
"""What the skills take: words, and tables that come with them."""

CARD = Card(
    name="analyst",
    description=(
        "Answers questions about tables of numbers: CSV, Parquet and SQLite files in the folder that "
        "the mesh serves, and CSV or JSON files that come with the message. Computes totals, averages, "
        "counts, rankings, filters, trends and comparisons, and draws charts. Every answer comes with "
        "its table."
    ),
    skills=[
        Skill(
            "analyse-tables",
            "Analyse tables",
            "Computes figures from tables: sum, total, average, median, minimum, maximum or count of "
            "a column, by region, product, customer, month or any other column; top and bottom; "
            "filters; growth; comparisons.",
            tags=["table", "csv", "parquet", "sqlite", "sql", "figures", "statistics", "numbers", "data"],
            examples=[
                "Which region sold most in sales.csv?",
                "What is the average revenue per product?",
                "How many orders have more than 10 units?",
                "Top 5 customers by amount in 2024",
                "How did revenue develop by month?",
            ],
            input_modes=TABLES,
            output_modes=["text/markdown", "application/json", CSV],
        ),
        Skill(
            "chart",
            "Draw a chart",
            "Draws a bar, line or pie chart of figures in a table, as an SVG image.",
            tags=[
                "chart",
                "plot",
                "graph",
                "diagram",
                "visualise",
                "svg",
                "bar chart",
                "line chart",
                "pie chart",
            ],
            examples=[
                "Chart revenue by region",
                "Plot units per month as a line chart",
                "Draw a pie chart of orders by status",
            ],
            input_modes=TABLES,
            output_modes=[SVG, "text/markdown", "application/json"],
        ),
    ],
    output_modes=("text/markdown", "text/plain", "application/json", CSV, SVG),
)
