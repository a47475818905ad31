"""When half of a crowd is decided while the other half is recorded, and when all go together."""

from __future__ import annotations

import pytest

from eventstore.pace import LARGEST_HALF, PROCESSORS, SMALLEST_CROWD, Pace


def test_where_a_commit_takes_less_time_than_the_crowds_own_work_half_of_it_is_decided() -> None:
    pace = Pace(decide_s=50e-6, commit_s=1e-3)
    assert [pace.half_of(crowd) for crowd in (16, 17, 100)] == [8, 9, 50]


def test_where_a_commit_takes_longer_all_go_together() -> None:
    pace = Pace(decide_s=50e-6, commit_s=1e-3)
    assert pace.half_of(9) is None
    assert Pace(decide_s=50e-6, commit_s=2e-3).half_of(16) is None


def test_a_few_always_go_together_and_no_half_is_larger_than_the_caches_hold() -> None:
    pace = Pace(decide_s=1.0, commit_s=1e-6)
    assert pace.half_of(SMALLEST_CROWD - 1) is None
    assert pace.half_of(SMALLEST_CROWD) == SMALLEST_CROWD // 2
    assert pace.half_of(10_000) == LARGEST_HALF


def test_a_disk_that_becomes_slow_is_noticed_and_one_that_was_slow_once_is_not_believed() -> None:
    pace = Pace(decide_s=50e-6, commit_s=0.5e-3)
    pace.committed(1, 10.0)
    assert pace.half_of(16) == 8
    for _ in range(20):
        pace.committed(1, 5e-3)
    assert pace.half_of(16) is None
    for _ in range(40):
        pace.committed(1, 0.2e-3)
    assert pace.half_of(16) == 8


def test_what_a_large_batch_takes_is_not_held_against_the_disk() -> None:
    pace = Pace(decide_s=50e-6, commit_s=0.2e-3)
    for _ in range(40):
        pace.committed(100, 0.2e-3 + 100 * 50e-6)
    assert pace.half_of(16) == 8


def test_batches_over_which_the_database_was_quicker_do_not_hide_a_slow_disk() -> None:
    pace = Pace(decide_s=100e-6, commit_s=0.3e-3)
    for _ in range(1000):
        pace.committed(256, 5e-3 + 256 * 35e-6)
        pace.committed(2, 0.1e-3 + 1e-6)
    for _ in range(20):
        pace.committed(1, 5e-3)
    assert pace.half_of(16) is None


def test_what_a_lone_command_takes_is_all_of_it_a_commit() -> None:
    pace = Pace(decide_s=0.9e-3, commit_s=0.2e-3)
    for _ in range(40):
        pace.committed(1, 1.2e-3)
    assert pace.awake_s == 0.0


def test_over_a_fast_commit_a_lone_caller_does_not_fall_asleep_and_over_a_slow_one_at_once() -> None:
    awake_s = Pace(commit_s=0.2e-3).awake_s
    assert awake_s == (0.4e-3 if PROCESSORS > 1 else 0.0)
    assert Pace(commit_s=0.8e-3).awake_s == 0.0


def test_commands_that_take_long_to_decide_leave_time_for_a_slow_disk() -> None:
    pace = Pace(decide_s=50e-6, commit_s=5e-3)
    assert pace.half_of(16) is None
    for _ in range(40):
        pace.decided(8, 8 * 400e-6)
    assert pace.half_of(16) == 8


@pytest.mark.parametrize("seconds", [0.0, 1e-6])
def test_a_batch_of_nothing_teaches_nothing(seconds: float) -> None:
    pace = Pace(decide_s=50e-6, commit_s=1e-3)
    for _ in range(100):
        pace.decided(0, seconds)
    assert pace.half_of(16) == 8
