from typing import Any

import pytest

from agentia_gateway.cli.a2a.event import Event
from agentia_gateway.cli.answer.collected import Collected
from agentia_gateway.cli.answer.live import LiveView
from agentia_gateway.cli.answer.nearest import show_nearest


def artifact(name: str, *parts: dict[str, Any], append: bool = False) -> Event:
    body = {
        "taskId": "t",
        "append": append,
        "artifact": {"artifactId": name, "name": name, "parts": [*parts]},
    }
    return event({"artifactUpdate": body})


def status(state: str, text: str = "") -> Event:
    message = {"message": {"parts": [{"text": text}]}} if text else {}
    return event({"statusUpdate": {"taskId": "t", "status": {"state": f"TASK_STATE_{state}", **message}}})


def event(raw: dict[str, Any]) -> Event:
    read = Event.read(raw)
    assert read is not None
    return read


def shown(capsys: pytest.CaptureFixture[str], *events: Event) -> list[str]:
    view = LiveView(Collected(), saves=False)
    for one in events:
        view.show(one)
    view.end()
    return capsys.readouterr().out.splitlines()


def test_chunks_of_a_text_make_one_text(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = artifact("a", {"text": "one "}), artifact("a", {"text": "two"}, append=True)

    assert shown(capsys, first, second) == ["── a", "one two"]


def test_an_artifact_whose_id_was_forgotten_is_shown_like_others(capsys: pytest.CaptureFixture[str]) -> None:
    body = {"taskId": "t", "artifact": {"name": "a", "parts": [{"text": "one"}]}}
    LiveView(collected := Collected(), saves=False).show(event({"artifactUpdate": body}))

    assert collected.artifacts.keys() == {"a"}
    assert capsys.readouterr().out == "── a\none"


def test_what_was_said_last_is_not_said_again_by_the_task(capsys: pytest.CaptureFixture[str]) -> None:
    said = {"state": "TASK_STATE_COMPLETED", "message": {"messageId": "m", "parts": [{"text": "Done."}]}}
    events = [
        event({"statusUpdate": {"taskId": "t", "status": said}}),
        event({"task": {"id": "t", "status": said}}),
    ]

    assert shown(capsys, *events) == ["Done."]


def test_two_texts_that_grow_side_by_side_are_kept_apart(capsys: pytest.CaptureFixture[str]) -> None:
    events = [
        artifact("a", {"text": "1"}),
        artifact("b", {"text": "2"}),
        artifact("a", {"text": "3"}, append=True),
    ]

    assert shown(capsys, *events) == ["── a", "1", "── b", "2", "── a", "3"]


def test_a_text_that_begins_anew_is_printed_anew(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, artifact("a", {"text": "old"}), artifact("a", {"text": "new"})) == [
        "── a", "old", "── a", "new",
    ]  # fmt: skip


def test_a_task_that_repeats_what_was_streamed_is_not_printed_twice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parts = [{"text": "one"}, {"url": "https://a.example/x", "filename": "x"}]
    task = event({"task": {"id": "t", "artifacts": [{"artifactId": "a", "name": "a", "parts": parts}]}})

    assert shown(capsys, artifact("a", *parts), task) == ["── a", "one", "x: https://a.example/x"]


def test_last_words_that_repeat_an_artifact_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, artifact("a", {"text": "Done."}), status("COMPLETED", "Done.")) == ["── a", "Done."]


def test_a_status_that_says_the_same_again_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, status("WORKING", "counting"), status("WORKING", "counting")) == ["· counting"]


def test_numbers_in_tables_are_written_as_people_write_them(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"data": {"columns": ["n"], "rows": [[48875.19999999999], [None]]}}

    assert any(line.strip() == "48875.2" for line in shown(capsys, artifact("a", data)))


def test_data_that_is_no_table_is_shown_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    ragged = {"data": {"columns": ["n"], "rows": [[1, 2]]}}

    assert '"columns": [' in "".join(shown(capsys, artifact("a", ragged)))


def test_whole_numbers_are_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"data": {"columns": ["n"], "rows": [[17.0]]}}

    assert any(line.strip() == "17" for line in shown(capsys, artifact("a", data)))


QUOTED = {
    "data": {"quotations": [{"quote": "Breakfast is not reimbursed.", "line_start": 7.0, "page": None}]}
}


def test_data_that_the_text_tells_too_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    text = artifact("answer", {"text": "> Breakfast is\n> not reimbursed.\n"})

    lines = shown(capsys, artifact("quotations", QUOTED), text, status("COMPLETED"))

    assert lines == ["── answer", "> Breakfast is", "> not reimbursed."]


def test_records_that_no_text_tells_are_shown_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, artifact("quotations", QUOTED), artifact("answer", {"text": "Yes."}))

    assert any(line.split() == ["quote", "line_start"] for line in lines)
    assert any(line.split() == ["Breakfast", "is", "not", "reimbursed.", "7"] for line in lines)


CALL = 'Calling query with {"sql": "SELECT \\"region\\"\\nFROM \\"sales\\""}'


def test_a_call_of_a_tool_is_one_short_line(capsys: pytest.CaptureFixture[str]) -> None:
    events = [status("WORKING", CALL), status("WORKING", f"1/2 analyst: {CALL}")]

    assert shown(capsys, *events) == ["· calling query …", "· 1/2 analyst: calling query …"]


def test_the_arguments_of_a_call_are_shown_to_who_wants_them(capsys: pytest.CaptureFixture[str]) -> None:
    view = LiveView(Collected(), saves=False, verbose=True)
    view.show(status("WORKING", CALL))

    assert capsys.readouterr().out == '· Calling query with {"sql": "SELECT "region" FROM "sales""}\n'


def test_an_empty_list_of_candidates_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    parts = [{"text": "No agent here can do this."}, {"data": {"candidates": [], "rule": "none"}}]
    rejected = {"state": "TASK_STATE_REJECTED", "message": {"parts": parts}}

    lines = shown(capsys, event({"statusUpdate": {"taskId": "t", "status": rejected}}))

    assert lines == ["No agent here can do this."]


def test_candidates_that_the_text_names_are_not_listed_again(capsys: pytest.CaptureFixture[str]) -> None:
    candidate = {"name": "analyst", "score": 31.4}
    data = {"data": {"candidates": [candidate]}}
    show_nearest(Collected(says={"parts": [{"text": "The nearest are analyst (31)."}, data]}))
    assert capsys.readouterr().out == ""

    show_nearest(Collected(says={"parts": [{"text": "Nobody can."}, data]}))
    assert "analyst" in capsys.readouterr().out
