"""The reference rates behind late interest: one is added a half-year, and a published one stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.aggregates.legal_entity import LegalEntity
from domain.errors import (
    EmptyText,
    InvalidParameter,
    NotRetroactive,
    ReferenceRateKnown,
    ReferenceRateUnknown,
)
from domain.ledger.late_presets import REFERENCE_RATES, reference_rates
from domain.ledger.reference_rates import add_reference_rate
from tests.cooperative import ENTITY
from tests.domain.paying_late import claim, invoiced
from tests.paper import PaperLedger

SUMMER, SECOND_HALF = date(2026, 7, 31), date(2026, 7, 1)


def adds(ledger: PaperLedger, rate_bp: int = 240, *, half_year: date = SECOND_HALF, **says: Any) -> None:
    asked: dict[str, Any] = {"entity_id": ENTITY, "half_year": half_year, "rate_bp": rate_bp}
    ledger.perform(add_reference_rate, **{"on": SUMMER, "source_ref": "ECB", **asked, **says})


def test_a_half_year_without_a_rate_refuses_the_claim_until_its_rate_is_added() -> None:
    ledger = invoiced()
    with pytest.raises(ReferenceRateUnknown) as refused:
        claim(ledger, SUMMER)
    assert "tutti parameter add-rate" in refused.value.sentence("en")
    before = reference_rates(ledger.get(LegalEntity, ENTITY), SUMMER)
    adds(ledger)
    assert [span.rate_bp for span in claim(ledger, SUMMER).spans] == [1050, 1050]
    after = reference_rates(ledger.get(LegalEntity, ENTITY), SUMMER)
    assert after == {**before, SECOND_HALF: 240}
    assert list(after) == sorted(after)
    told = [each for each in ledger.facts if isinstance(each, LegalEntity.ParameterSet)][-1]
    assert (told.name, told.valid_from, told.source_ref) == (REFERENCE_RATES, SUMMER, "ECB")


def test_a_rate_is_known_from_the_day_on_which_it_was_added() -> None:
    ledger = invoiced()
    adds(ledger)
    with pytest.raises(ReferenceRateUnknown):
        claim(ledger, date(2026, 7, 30))


def test_a_known_rate_a_day_that_begins_no_half_year_and_an_unreadable_rate_are_refused() -> None:
    ledger = invoiced()
    with pytest.raises(ReferenceRateKnown) as refused:
        adds(ledger, half_year=date(2026, 1, 1))
    assert refused.value.facts == {"half_year": date(2026, 1, 1), "rate_bp": 215}
    for wrong, refusal in (
        ({"half_year": date(2026, 7, 2)}, InvalidParameter),
        ({"half_year": date(2026, 10, 1)}, InvalidParameter),
        ({"rate_bp": -1}, InvalidParameter),
        ({"rate_bp": 10_000}, InvalidParameter),
        ({"source_ref": " "}, EmptyText),
    ):
        with pytest.raises(refusal):
            adds(ledger, **wrong)
    adds(ledger)
    with pytest.raises(ReferenceRateKnown):
        adds(ledger, 250)
    with pytest.raises(NotRetroactive):
        adds(ledger, half_year=date(2027, 1, 1), on=date(2026, 7, 30))
