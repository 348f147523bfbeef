"""Files of text that come with a message: named for the model, and by name for a rule book."""

from __future__ import annotations

from a2a.types.a2a_pb2 import Message, Part

from agentia_kit.rule.reading import turn_of
from agentia_kit.thinking.conversation import asked


def test_a_file_of_text_is_known_by_its_name() -> None:
    message = Message(
        parts=[
            Part(raw=b"a,b\n1,2\n", media_type="text/csv", filename="data/small.csv"),
            Part(text="How many rows?"),
        ]
    )

    turn = turn_of([asked(message)], [])

    assert turn.question == "How many rows?"
    assert turn.files == {"small.csv": "a,b\n1,2\n"}
    assert turn.material == ("a,b\n1,2\n",)


def test_text_is_told_by_its_ending_and_read_as_windows_wrote_it() -> None:
    raw = Part(raw="fruit\nPflaumenmüsli\n".encode("cp1252"), filename="fruit.tsv")
    assert turn_of([asked(Message(parts=[Part(text="?"), raw]))], []).files == {
        "fruit.tsv": "fruit\nPflaumenmüsli\n"
    }


def test_other_files_are_only_mentioned() -> None:
    raw = Part(raw=b"PAR1", media_type="application/octet-stream", filename="x.parquet")
    turn = turn_of([asked(Message(parts=[Part(text="?"), raw]))], [])
    assert (turn.files, len(turn.material)) == ({}, 1)
