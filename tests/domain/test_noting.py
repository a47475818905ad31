"""A fact that an aggregate notes is the one the event library would have made."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from domain.errors import UnreadableText
from domain.facts import Stamp
from tests.eventstore.toys import ToySeries

STAMP = Stamp(
    recorded_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    effective_on=date(2026, 3, 1),
    actor="staff-1",
    on_behalf_of=None,
    command_id=uuid4(),
    operation="toy.play",
    body_mac="00",
)


def series() -> ToySeries:
    return ToySeries.begin(STAMP, id=uuid4())


def test_it_is_equal_to_the_librarys_and_leaves_the_aggregate_the_same() -> None:
    ours = series()
    theirs = ToySeries.begin(STAMP, id=ours.id)
    ours.note(ToySeries.Taken, STAMP, number=1, remark="x")
    theirs.trigger_event(ToySeries.Taken, **STAMP.fields(), number=1, remark="x")
    assert ours.pending_events == theirs.pending_events
    assert (ours, ours.version, ours.modified_on) == (theirs, 2, STAMP.recorded_at)


@pytest.mark.parametrize(
    "says", [{"number": 1}, {"number": 1, "remark": "", "colour": "red"}, {"remark": "", "nummer": 1}]
)
def test_a_fact_that_lacks_a_field_or_has_one_too_many_is_a_defect(says: dict[str, Any]) -> None:
    one = series()
    with pytest.raises(TypeError):
        one.note(ToySeries.Taken, STAMP, **says)
    assert (one.version, len(one.pending_events)) == (1, 1)


@pytest.mark.parametrize("text", ["nul \x00", ("fine", "half \ud800")])
def test_text_that_no_document_holds_is_refused(text: object) -> None:
    one = series()
    with pytest.raises(UnreadableText):
        one.note(ToySeries.Taken, STAMP, number=1, remark=text)
    assert one.version == 1
