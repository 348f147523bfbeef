"""Charts: what is drawn, that it is safe SVG, and what cannot be drawn."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agentia_tables.chart import drawing
from agentia_tables.chart.reading import Points
from agentia_tables.chart.ticks import ticks, written
from agentia_testing.tool_client import ToolClient

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "rect", "text", "line", "polyline", "circle", "path"}


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  (our own)


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parsed(svg).iter(f"{SVG}text")]


def points(values: list[float], labels: list[str] | None = None, places: list[float] | None = None) -> Points:
    return Points(labels or [f"p{number}" for number in range(len(values))], values, places, "team", "points")


async def test_a_bar_chart_has_a_bar_per_row_with_its_value_and_label(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text("team,points\nred,30\nblue,1200\n")
    chart = await tools.answer(
        "chart", sql="FROM t", kind="bar", x="team", y="points", title="Points by team"
    )
    assert (chart["kind"], chart["points"]) == ("bar", 2)
    shown = texts(chart["svg"])
    assert {"Points by team", "red", "blue", "1,200", "30", "team", "points"} <= set(shown)
    bars = [float(rect.attrib["height"]) for rect in parsed(chart["svg"]).iter(f"{SVG}rect") if len(rect)]
    assert bars[1] / bars[0] == pytest.approx(40, rel=0.02)


async def test_a_line_of_dates_is_to_scale(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text("day,n\n2025-01-01,1\n2025-01-02,2\n2025-01-11,3\n")
    chart = await tools.answer("chart", sql="FROM t", kind="line", x="day", y="n", title="")
    (line,) = parsed(chart["svg"]).iter(f"{SVG}polyline")
    one, two, three = (float(pair.split(",")[0]) for pair in line.attrib["points"].split())
    assert (three - one) / (two - one) == pytest.approx(10, rel=0.02)


async def test_a_pie_names_values_and_shares(tools: ToolClient, folder: Path):
    (folder / "t.csv").write_text("who,n\na,3\nb,1\n")
    chart = await tools.answer("chart", sql="FROM t", kind="pie", x="who", y="n", title="Shares")
    assert {"3 (75.0%)", "1 (25.0%)"} <= set(texts(chart["svg"]))
    assert len(list(parsed(chart["svg"]).iter(f"{SVG}path"))) == 2


@pytest.mark.parametrize(
    ("sql", "kind", "x", "y", "words"),
    [
        ("SELECT 1 AS a", "bars", "a", "a", "kinds are bar, line, pie"),
        ("SELECT 1 AS a", "bar", "a", "b", "gives no column 'b': it gives a"),
        ("SELECT 'x' AS a", "bar", "a", "a", "is no number but VARCHAR"),
        ("SELECT 1 AS a WHERE false", "bar", "a", "a", "no numbers to draw"),
        ("SELECT NULL::INT AS a", "bar", "a", "a", "no numbers to draw"),
        ("SELECT range AS a FROM range(61)", "bar", "a", "a", "61 points are too many"),
        ("SELECT range AS a FROM range(13)", "pie", "a", "a", "12 at most"),
        ("SELECT -1 AS a", "pie", "a", "a", "from 0 up"),
        ("SELECT 0 AS a", "pie", "a", "a", "not all 0"),
    ],
)
async def test_what_cannot_be_drawn_says_why(
    tools: ToolClient, sql: str, kind: str, x: str, y: str, words: str
):
    code, sentence = await tools.refusal("chart", sql=sql, kind=kind, x=x, y=y, title="t")
    assert code == "bad_chart"
    assert words in sentence


async def test_more_points_than_any_chart_has_are_too_many_rows(tools: ToolClient):
    many = {"sql": "SELECT range AS a FROM range(2001)", "kind": "line", "x": "a", "y": "a", "title": ""}
    assert (await tools.refusal("chart", **many))[0] == "too_many_rows"


def test_the_same_points_give_the_same_bytes():
    assert drawing.drawn(points([1, 2]), "bar", "t") == drawing.drawn(points([1, 2]), "bar", "t")


def test_screen_readers_get_a_title_and_what_the_chart_shows():
    svg = parsed(drawing.drawn(points([3, 9, 4]), "bar", "Points"))
    title, told = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert told is not None
    assert title.text == "Points"
    assert told.text == "Bar chart of points by team, 3 points; highest p1 with 9, lowest p0 with 3."
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"] == f"{title.attrib['id']} {told.attrib['id']}"


def test_labels_along_a_line_never_touch():
    svg = drawing.drawn(
        points([float(n % 7) for n in range(300)], [f"2025-01-{n:03}" for n in range(300)]), "line", ""
    )
    below = [text for text in parsed(svg).iter(f"{SVG}text") if (text.text or "").startswith("2025-01-")]
    places = [float(text.attrib["x"]) for text in below]
    assert 2 < len(places) < 15
    assert all(two - one > 70 for one, two in pairwise(places))


VALUES = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)
ROWS = st.lists(st.tuples(st.text(max_size=30), VALUES), min_size=1, max_size=12)


@given(rows=ROWS, title=st.text(max_size=60), kind=st.sampled_from(drawing.KINDS))
def test_any_text_is_shown_as_text_and_any_number_is_drawn_inside(
    rows: list[tuple[str, float]], title: str, kind: str
):
    values = [abs(value) + 1 if kind == "pie" else value for _, value in rows]
    svg = drawing.drawn(points(values, [label for label, _ in rows]), kind, title)
    for element in parsed(svg).iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        assert not any(name.lower().startswith("on") or "href" in name for name in element.attrib)
        for name in ("y", "y1", "cy"):
            assert 0 <= float(element.attrib.get(name, 1)) <= 440
    assert "nan" not in re.sub(r">[^<]*<", "><", svg)


@given(low=VALUES, high=VALUES)
@example(low=0.0, high=5e-324)
def test_ticks_are_round_evenly_spaced_and_around_the_values(low: float, high: float):
    low, high = min(low, high), max(low, high)
    marks = ticks(low, high)
    assert 2 <= len(marks) <= 8
    step = marks[1] - marks[0]
    if high > low and high - low > 1e-6 * max(abs(low), abs(high)):
        assert marks[0] <= low + step / 1e6
        assert marks[-1] >= high - step / 1e6


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (0.0, 0.0, "0"),
        (1234.0, 0.0, "1,234"),
        (0.5, 0.25, "0.50"),
        (48875.2, 0.0, "48,875"),
        (3.14159, 0.0, "3.142"),
        (0.001234, 0.0, "0.001234"),
        (2_500_000.0, 0.0, "2.5M"),
        (-1.5e9, 0.0, "-1.5B"),
        (-0.0, 0.1, "0.0"),
        (-0.0, 0.0, "0"),
    ],
)
def test_numbers_are_written_for_people(value: float, step: float, text: str):
    assert written(value, step) == text
