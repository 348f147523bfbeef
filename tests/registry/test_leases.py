"""Leases, by a clock that the test moves."""

from agentia_registry.leases import Leases


def test_a_lease_runs_out_once_when_its_time_is_over():
    leases = Leases[str](12)
    leases.renew("a", 100)
    assert leases.expire(111.9) == []
    assert leases.expire(112) == ["a"]
    assert leases.expire(113) == []


def test_a_renewed_lease_lasts_from_the_renewal():
    leases = Leases[str](12)
    leases.renew("a", 100)
    leases.renew("b", 101)
    leases.renew("a", 104)
    assert leases.expire(113) == ["b"]
    assert leases.expire(116) == ["a"]


def test_a_lease_that_was_ended_never_runs_out():
    leases = Leases[str](12)
    leases.renew("a", 100)
    leases.end("a")
    leases.end("a")
    assert "a" not in leases
    assert leases.expire(1000) == []


def test_time_in_which_nobody_could_renew_does_not_count():
    leases = Leases[str](12)
    leases.renew("a", 100)
    leases.forgive(50)
    assert leases.expire(161) == []
    assert leases.expire(162) == ["a"]


def test_what_ran_out_first_is_told_first():
    leases = Leases[str](12)
    for key, now in (("a", 100), ("b", 101), ("c", 102), ("a", 103)):
        leases.renew(key, now)
    assert leases.expire(1000) == ["b", "c", "a"]
