"""However a state is written, its bytes are those of the one careful way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AwareDatetime

from eventstore.formats import Format, Misfit


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Text(str):
    """A text of another class."""

    __slots__ = ()


HINTS: Mapping[str, Any] = {
    "text": str,
    "number": int,
    "truth": bool,
    "day": date,
    "at": AwareDatetime | None,
    "id": UUID,
    "word": Colour,
    "remark": str | None,
}
AT = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)
FITTING: dict[str, Any] = {
    "text": "é\n",
    "number": 1,
    "truth": True,
    "day": date(2026, 2, 28),
    "at": AT,
    "id": UUID(int=7),
    "word": Colour.BLUE,
    "remark": None,
}
INSTANTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))]))


def used(*facts: Mapping[str, Any]) -> Format:
    """A format that has written facts of these types before."""
    seen = Format("seen", HINTS)
    for each in facts or (FITTING, FITTING | {"at": None, "remark": "x"}, FITTING | {"remark": "x"}):
        seen.write_of(dict(each))
    return seen


SEEN, CAREFUL = used(), Format("careful", HINTS)


@given(
    text=st.text(),
    number=st.integers(),
    truth=st.booleans(),
    day=st.dates(),
    at=st.none() | INSTANTS,
    id=st.uuids(),
    word=st.sampled_from(Colour),
    remark=st.none() | st.text(),
)
def test_the_quick_way_writes_what_the_careful_one_does(**said: Any) -> None:
    ordered = {name: said[name] for name in HINTS}
    for known in (SEEN, Format("new", HINTS)):
        assert known.write_of({"other": 1, **ordered}, beside=["other"]) == CAREFUL.write(ordered)
        assert known.write_of({"other": 1, **said}) == CAREFUL.write(ordered)


@pytest.mark.parametrize("at", [AT.replace(microsecond=0), AT.replace(year=1), AT.replace(year=9999)])
def test_instants_are_written_alike(at: datetime) -> None:
    assert SEEN.write_of(FITTING | {"at": at}) == CAREFUL.write({**FITTING, "at": at})


@pytest.mark.parametrize("number", [2**53 + 1, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, 10**30])
def test_numbers_of_any_length_are_written_alike(number: int) -> None:
    assert SEEN.write_of(FITTING | {"number": number}) == CAREFUL.write({**FITTING, "number": number})


@pytest.mark.parametrize("text", [*map(chr, range(0x20)), '"', "\\", "/", "\x7f", "\u2028", "\U0001f600"])
def test_every_character_is_written_alike(text: str) -> None:
    assert SEEN.write_of(FITTING | {"text": text}) == CAREFUL.write({**FITTING, "text": text})


@pytest.mark.parametrize("text", [Text("x"), Colour.RED])
def test_a_text_of_another_class_is_written_alike(text: str) -> None:
    said = {**FITTING, "text": text}
    seen = used(FITTING, said)
    assert seen.write_of(said) == CAREFUL.write(dict(said))


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": AT.replace(tzinfo=None)},
        {"at": date(2026, 3, 1)},
        {"day": AT},
        {"text": "\ud800"},
        {"remark": "\udfff"},
        {"word": "red"},
        {"number": True},
        {"number": 1.0},
        {"truth": 1},
        {"id": str(UUID(int=7))},
        {"text": None},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_however_often_others_did(wrong: Mapping[str, object]) -> None:
    said = {**FITTING, **wrong}
    with pytest.raises(Misfit):
        CAREFUL.write(dict(said))
    seen = used()
    for _ in range(2):
        with pytest.raises(Misfit):
            seen.write_of(said)


def test_a_format_of_one_field_is_written_alike() -> None:
    one = Format("one", {"text": str})
    assert [one.write_of({"text": "x"}) for _ in range(2)] == [b'{"text":"x"}'] * 2
