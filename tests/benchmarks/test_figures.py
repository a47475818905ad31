"""A figure is the median of paired ratios; noise is played again and named, a missing peer is not guessed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from benchmarks.errors import NoMarkedTable, UnknownFigure
from benchmarks.figures import FIGURES, GROUPS, Figure, chosen
from benchmarks.measured import Measured
from benchmarks.report import BEGIN, END, shown, written_into
from benchmarks.rounds import Group, Round, play
from benchmarks.writing import groups_of

GROUP = Group("a group", "limit", ("ours", "peer"))
RATIO = Figure(
    "x", "ours ÷ limit", GROUP, lambda each: each.runs["ours"].per_s / each.base_per_s, at_least=0.4
)
AGAINST_PEER = Figure(
    "x.peer",
    "ours ÷ peer",
    GROUP,
    lambda each: each.runs["ours"].per_s / each.runs["peer"].per_s if "peer" in each.runs else None,
    at_least=3,
)


def ran(per_s: float) -> Measured:
    """A run of that many payments a second."""
    return Measured(per_s, 1.0, 2.0, 0.1, 0.05, None, 0.5)


def played(limits: Iterator[float], *, ours: float, rounds: int = 1) -> list[Round]:
    """Rounds with these limits in turn, without the peer."""
    runs = {"limit": lambda: ran(next(limits)), "ours": lambda: ran(ours)}
    return play(GROUP, runs, rounds=rounds, repeats=3, done=lambda: None)


def test_a_ratio_is_to_the_mean_of_the_limit_before_and_after_and_the_median_is_judged() -> None:
    rounds = played(iter([900.0, 1100.0, 1000.0, 1000.0, 800.0, 1000.0]), ours=450, rounds=3)
    assert RATIO.values(rounds) == [0.45, 0.45, 0.5]
    assert RATIO.held([0.3, 0.45, 0.5], ease=1.0) is True
    assert RATIO.held([0.3, 0.39, 0.9], ease=1.0) is False
    assert RATIO.held([0.3, 0.2, 0.1], ease=0.5) is True


def test_a_noisy_round_is_played_again_but_not_for_ever() -> None:
    once = played(iter([1000.0, 600.0, 1000.0, 900.0]), ours=500)
    assert [each.noisy for each in once] == [False]
    asked = itertools.count()
    always = played((1000.0 if next(asked) % 2 else 100.0 for _ in itertools.repeat(None)), ours=500)
    assert [each.noisy for each in always] == [True]
    assert next(asked) == 2 * (1 + 3)


def test_a_peer_that_is_not_here_leaves_its_figure_without_value_and_without_verdict() -> None:
    rounds = played(itertools.repeat(1000.0), ours=500)
    assert AGAINST_PEER.values(rounds) == []
    assert AGAINST_PEER.held([], ease=1.0) is None


def test_a_goal_that_is_a_ceiling_is_eased_upwards() -> None:
    ceiling = Figure("y", "ms", GROUP, lambda each: each.runs["ours"].p99_ms, at_most=20)
    assert [ceiling.held([ms], ease=ease) for ms, ease in ((20, 1.0), (21, 1.0), (39, 0.5), (41, 0.5))] == [
        True,
        False,
        True,
        False,
    ]


def test_figures_are_chosen_by_name_or_by_the_letter_they_share_and_no_other_name_is_taken() -> None:
    assert [each.name for each in chosen(["a6"])] == ["a6.client", "a6.server"]
    assert [each.name for each in groups_of(chosen(["a5", "a6.client"]))] == ["64 clients", "256 a request"]
    assert chosen([]) == FIGURES
    assert groups_of(FIGURES) == list(GROUPS)
    with pytest.raises(UnknownFigure):
        chosen(["a1", "a"])


def test_a_table_is_written_between_its_marks_and_nowhere_else() -> None:
    page = f"# Title\n\n{BEGIN}\nold\n{END}\n\nrest\n"
    once = written_into(page, "new")
    assert once == f"# Title\n\n{BEGIN}\n\nnew\n\n{END}\n\nrest\n"
    assert written_into(once, "new") == once
    with pytest.raises(NoMarkedTable):
        written_into("# Title\n", "new")


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), (0.03456, "0.0346"), (12.345, "12.3"), (1499.6, "1,500")]
)
def test_a_figure_is_shown_with_three_digits_that_count(value: float | None, text: str) -> None:
    assert shown(value) == text
