"""A task is its events, folded."""

from __future__ import annotations

from a2a.types.a2a_pb2 import (
    Artifact,
    Message,
    Part,
    StreamResponse,
    Task,
    TaskArtifactUpdateEvent,
    TaskState,
    TaskStatus,
    TaskStatusUpdateEvent,
)
from hypothesis import given
from hypothesis import strategies as st

from agentia_fabric.tasklog.port import Phase
from agentia_kit.tasks import wording
from agentia_kit.tasks.fold import fold, fold_all, standing
from agentia_kit.tasks.stream import shown


def message(text: str) -> Message:
    return Message(message_id=text, parts=[Part(text=text)])


def state(value: TaskState, said: str = "") -> StreamResponse:
    status = TaskStatus(state=value, message=message(said)) if said else TaskStatus(state=value)
    return StreamResponse(status_update=TaskStatusUpdateEvent(status=status))


def chunk(artifact: str, text: str, *, append: bool) -> StreamResponse:
    made = Artifact(artifact_id=artifact, parts=[Part(text=text)])
    return StreamResponse(artifact_update=TaskArtifactUpdateEvent(artifact=made, append=append))


def folded(*events: StreamResponse) -> Task:
    return fold_all(Task(id="t"), [event.SerializeToString() for event in events])


def texts(task: Task) -> list[str]:
    return ["".join(part.text for part in artifact.parts) for artifact in task.artifacts]


EVENTS = st.one_of(
    st.builds(
        state, st.sampled_from([TaskState.TASK_STATE_WORKING, TaskState.TASK_STATE_COMPLETED]), st.text("ab")
    ),
    st.builds(chunk, st.sampled_from("xy"), st.text("ab"), append=st.booleans()),
    st.builds(lambda text: StreamResponse(message=message(text)), st.text("ab", min_size=1)),
)


@given(st.lists(EVENTS), st.integers(0, 10))
def test_a_snapshot_anywhere_changes_nothing(events: list[StreamResponse], at: int) -> None:
    whole = folded(*events)
    snapshot = Task.FromString(folded(*events[:at]).SerializeToString())
    for event in events[at:]:
        fold(snapshot, event)
    assert snapshot == whole


def test_chunks_append_and_a_first_chunk_replaces() -> None:
    task = folded(chunk("x", "a", append=False), chunk("x", "b", append=True), chunk("y", "c", append=False))
    assert texts(task) == ["ab", "c"]
    fold(task, chunk("x", "z", append=False))
    assert texts(task) == ["z", "c"]


def test_what_was_said_in_a_status_moves_to_the_history_once() -> None:
    working = state(TaskState.TASK_STATE_WORKING, "thinking")
    task = folded(working, working, state(TaskState.TASK_STATE_COMPLETED))
    assert [said.message_id for said in task.history] == ["thinking"]


def test_a_later_attempt_starts_without_the_artifacts_of_the_one_before() -> None:
    task = folded(state(TaskState.TASK_STATE_WORKING), chunk("x", "a", append=False))
    anew = wording.anew(task, 2)
    fold(task, anew)
    assert not task.artifacts
    assert task.metadata["urn:agentia:attempt"] == 2
    told = shown(anew, first=False)
    assert isinstance(told, TaskStatusUpdateEvent)


def test_phases_follow_the_state_and_whether_somebody_is_at_work() -> None:
    asking = folded(state(TaskState.TASK_STATE_INPUT_REQUIRED))
    assert standing(asking.status.state, at_work=True).phase is Phase.RUNNING
    assert standing(asking.status.state, at_work=False).phase is Phase.PARKED
    assert standing(TaskState.TASK_STATE_FAILED, at_work=True).phase is Phase.FINAL


def test_a_first_chunk_that_claims_to_append_is_put_right() -> None:
    task = Task(id="t", context_id="c")
    event = chunk("x", "a", append=True).artifact_update
    assert not wording.entry(event, task, set()).artifact_update.append
    assert wording.entry(event, task, {"x"}).artifact_update.append
