"""What the oracle says of hand-made stories: each way in which a log can betray its clients."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from tests.faults.notebook import Notebook, Story
from tests.faults.oracle import LedgerWrongError, Verdict, Written, judge, require

ANNA, BEN, CLEO = UUID(int=1), UUID(int=2), UUID(int=3)


def story(tmp_path: Path) -> Notebook:
    return Notebook(tmp_path / "notebook")


def told(tmp_path: Path) -> Story:
    """Anna was acknowledged at 2, Ben refused, and nobody knows of Cleo."""
    notebook = Notebook(tmp_path / "notebook")
    for id_ in (ANNA, BEN, CLEO):
        notebook.ask(id_, f"key {id_}")
    notebook.acknowledge(ANNA, 2)
    notebook.refuse(BEN, "below-floor")
    notebook.doubt(CLEO)
    notebook.close()
    return Story.of([tmp_path / "notebook"])


def log(**positions: list[int]) -> Written:
    names = {"anna": ANNA, "ben": BEN, "cleo": CLEO, "nobody": UUID(int=9)}
    written = Written()
    for name, taken in positions.items():
        written.positions[names[name]] = taken
    written.facts = sorted(position for taken in positions.values() for position in taken)
    written.size = len(written.facts)
    return written


@pytest.mark.parametrize("cleo", [[], [3, 4]], ids=["never", "once"])
def test_a_log_with_what_was_acknowledged_and_perhaps_what_is_unknown_is_right(
    tmp_path: Path, cleo: list[int]
) -> None:
    written = log(anna=[1, 2], cleo=cleo) if cleo else log(anna=[1, 2])
    assert judge(told(tmp_path), written) == Verdict(
        acknowledged=1, refused=1, in_doubt=1, unknown=1, facts=2 + len(cleo), wrong=()
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (log(), "is lost"),
        (log(cleo=[1], anna=[2, 3]), "ends at 3"),
        (log(anna=[1, 2], ben=[3]), "was refused (below-floor) and stands at"),
        (log(anna=[1, 2], nobody=[3]), "was never asked"),
        (log(anna=[1, 2], cleo=[3, 5], nobody=[4]), "in more than one piece"),
        (log(anna=[1, 2], cleo=[4]), "do not stand at the positions 1 to 3"),
    ],
    ids=["lost", "elsewhere", "refused and present", "never asked", "in pieces", "a gap"],
)
def test_whatever_is_wrong_with_a_log_is_said(tmp_path: Path, written: Written, said: str) -> None:
    verdict = judge(told(tmp_path), written)
    assert any(said in each for each in verdict.wrong)
    with pytest.raises(LedgerWrongError, match="seed 7"):
        require(verdict, seed=7)


def test_a_fault_is_wrong_and_so_is_an_answer_that_changed(tmp_path: Path) -> None:
    notebook = Notebook(tmp_path / "more")
    notebook.ask(CLEO, "key")
    notebook.fault(CLEO, "ZeroDivisionError()")
    notebook.refuse(ANNA, "closed")
    notebook.close()
    told(tmp_path)
    verdict = judge(Story.of([tmp_path / "notebook", tmp_path / "more"]), log(anna=[1, 2]))
    assert [each.split(" ", 1)[1] for each in verdict.wrong] == [
        "was refused (closed) and stands at [1, 2]",
        "was acknowledged, and refused (closed)",
        "had an answer nobody should get: ZeroDivisionError()",
    ]


def test_a_line_cut_off_in_the_middle_was_never_acted_upon(tmp_path: Path) -> None:
    told(tmp_path)
    whole = (tmp_path / "notebook").read_bytes()
    (tmp_path / "notebook").write_bytes(whole[:-3])
    cut = Story.of([tmp_path / "notebook"])
    assert cut.in_doubt == set()
    assert cut.unknown == [CLEO]
