"""Pauses between attempts."""

from hypothesis import given
from hypothesis import strategies as st

from agentia_fabric.push import Backoff


@given(failures=st.integers(1, 5))
def test_pauses_double_up_to_the_most_and_jitter_takes_at_most_half(failures: int):
    pause = Backoff(attempts=6, first=1, most=5).pause(failures)
    assert pause is not None
    whole = min(5, 2 ** (failures - 1))
    assert whole / 2 <= pause <= whole


def test_there_is_no_pause_after_the_last_attempt():
    assert Backoff(attempts=3).pause(3) is None


@given(wanted=st.floats(0, 1e9))
def test_what_the_receiver_asks_for_is_given_within_the_most(wanted: float):
    pause = Backoff(first=0.1, most=30).pause(1, wanted)
    assert pause is not None
    assert min(wanted, 30) <= pause <= 30
