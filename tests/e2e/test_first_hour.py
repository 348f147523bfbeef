"""What a person does in the first hour: a task about sample files, then about files of their own."""

import json
import sqlite3
import time
from collections.abc import Generator
from pathlib import Path

import httpx2
import pytest

from agentia_testing.running_mesh import RunningMesh, running_mesh

TASK = "Which region sold most in sales.csv? Chart it and write a two-paragraph brief for the manager"
HARVEST = [
    ("Quince", "Elba", 41),
    ("Quince", "Skye", 12),
    ("Medlar", "Skye", 77),
    ("Medlar", "Elba", 5),
    ("Sloe", "Skye", 19),
]
BYLAWS = """# Bylaws of the orchard

## Ladders

Every ladder is inspected on the first Monday of October. A ladder with a cracked rung is burned the same day.

## Visitors

Visitors may pick two baskets of medlars per family and pay four crowns for each basket.

## Refunds

The refund window is nine days from the day of the purchase.
"""
TABLES = {
    "warehouses.csv": "warehouse,pallets\nAlva,310\nBrae,92\n",
    "staff.csv": "name,department,salary\nUna,press,30\nOde,press,45\nIvo,cellar,20\n",
    "deliveries.csv": "carrier,delay\nswift,2\nswift,4\nslow,9\n",
    "visits.csv": "visitor,minutes\nAda,10\nBo,20\nCy,30\nDi,40\n",
}


@pytest.fixture(scope="module")
def mesh(tmp_path_factory: pytest.TempPathFactory) -> Generator[RunningMesh]:
    with running_mesh(tmp_path_factory.mktemp("mesh")) as mesh:
        yield mesh


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Generator[RunningMesh]:
    """A mesh on a folder that nobody has seen before."""
    files = tmp_path_factory.mktemp("orchard")
    rows = "\n".join(f"{fruit},{island},{crates}" for fruit, island, crates in HARVEST)
    (files / "harvest.csv").write_text(f"fruit,island,crates\n{rows}\n")
    (files / "bylaws.md").write_text(BYLAWS)
    for name, text in TABLES.items():
        (files / name).write_text(text)
    with sqlite3.connect(files / "pickers.sqlite3") as database:
        database.execute("create table wages (picker text, island text, crowns integer)")
        database.executemany(
            "insert into wages values (?, ?, ?)",
            [("Una", "Elba", 30), ("Ode", "Skye", 45), ("Ivo", "Skye", 20)],
        )
    database.close()
    with running_mesh(tmp_path_factory.mktemp("data"), "--files", str(files)) as mesh:
        known_within(10, mesh, "crates", "ladders")
        yield mesh


def known_within(seconds: float, mesh: RunningMesh, *words: str) -> None:
    """Wait until cards tell of these words: agents start without them."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        agents = httpx2.get(f"{mesh.url}mesh/registry/registrations").json()["agents"]
        tags = {tag for agent in agents for skill in agent["card"]["skills"] for tag in skill["tags"]}
        if tags.issuperset(words):
            return
        time.sleep(0.05)
    raise AssertionError(f"no card tells of {words} after {seconds} s")


def top_region() -> str:
    """The region with the highest revenue in the sample, by plain Python."""
    from agentia_fabric.samples import folder

    lines = (folder() / "sales.csv").read_text(encoding="utf-8").splitlines()
    columns = lines[0].split(",")
    total: dict[str, float] = {}
    for line in lines[1:]:
        row = dict(zip(columns, line.split(","), strict=True))
        total[row["region"]] = total.get(row["region"], 0) + float(row["revenue"])
    return max(total, key=lambda region: total[region])


def test_one_task_gives_the_figure_the_chart_and_the_brief(mesh: RunningMesh, tmp_path: Path):
    asked = mesh.command("ask", TASK, "--out", str(tmp_path))
    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert top_region() in asked.stdout
    charts = [path for path in tmp_path.iterdir() if path.suffix == ".svg"]
    assert charts
    assert charts[0].read_text(encoding="utf-8").startswith("<svg")
    assert "analyst" in asked.stdout
    assert "writer" in asked.stdout


def test_the_brief_has_the_two_paragraphs_that_were_asked_for(mesh: RunningMesh):
    asked = mesh.command("ask", TASK, "--json")
    events = [json.loads(line) for line in asked.stdout.splitlines()]
    briefs = ""
    for event in events:
        artifact = event.get("artifactUpdate", {}).get("artifact", {})
        if "brief" in (artifact.get("name") or ""):
            briefs += "".join(part.get("text", "") for part in artifact["parts"])
    paragraphs = [
        piece for piece in briefs.strip().split("\n\n") if piece.strip() and not piece.startswith("#")
    ]
    assert len(paragraphs) == 2, briefs
    assert top_region() in briefs


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which island has the most crates in harvest.csv?", ["Skye", "108"]),
        ("Which warehouse has the most pallets?", ["Alva", "310"]),
        ("sum of salary by department", ["press", "75"]),
        ("average delay per carrier", ["swift", "3", "slow", "9"]),
        ("count rows in visits", ["4"]),
        ("What is the refund window?", ["nine days", "bylaws.md"]),
        ("When are the ladders inspected?", ["first Monday of October", "bylaws.md"]),
    ],
)
def test_a_question_finds_its_agent_on_a_folder_never_seen(
    orchard: RunningMesh, question: str, answer: list[str]
):
    asked = orchard.command("ask", question)
    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert [piece for piece in answer if piece not in asked.stdout] == []


@pytest.mark.parametrize(
    "question",
    [
        "Translate this poem into Klingon and sing it",
        "Book me a flight to Oslo",
        "What is the weather tomorrow?",
    ],
)
def test_what_nobody_can_do_still_finds_nobody_there(orchard: RunningMesh, question: str):
    asked = orchard.command("ask", question, "--json")
    assert asked.returncode != 0
    assert "TASK_STATE_REJECTED" in asked.stdout


def test_the_analyst_reads_a_database_it_has_never_seen(orchard: RunningMesh):
    asked = orchard.command("ask", "What is the average of crowns by island in wages?", "--agent", "analyst")
    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert "32.5" in asked.stdout


def test_the_librarian_quotes_from_a_folder_it_has_never_seen(orchard: RunningMesh):
    asked = orchard.command(
        "ask", "When are the ladders inspected? Quote the bylaws.", "--agent", "librarian"
    )
    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert "Every ladder is inspected on the first Monday of October." in asked.stdout
    assert "bylaws.md" in asked.stdout


def test_a_task_that_nobody_can_do_is_rejected_and_no_chance_likeness_named(mesh: RunningMesh):
    asked = mesh.command("ask", "Translate this poem into Klingon and sing it")
    assert asked.returncode != 0
    assert asked.stdout == "No agent here can do this, and none comes near.\n"
