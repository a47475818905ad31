"""An older release that meets facts of a newer one does not serve, and says so."""

from __future__ import annotations

import pytest

from eventstore.errors import NewerFacts
from tests.conftest import StoreOf
from tests.eventstore.toys import FUND, SERIES, ToyFund, ToySeries, charter, open_series


def test_an_older_release_refuses_a_log_with_newer_facts_and_names_them(store_of: StoreOf) -> None:
    newer = store_of(ToySeries, ToyFund)
    newer.execute(open_series(SERIES))
    newer.execute(charter(FUND))
    with pytest.raises(NewerFacts) as refused:
        store_of(ToySeries)
    assert refused.value.facts == {"topics": "toy-fund.chartered.v1", "first": 2}


def test_a_newer_release_that_wrote_nothing_new_leaves_the_log_to_the_older(store_of: StoreOf) -> None:
    store_of(ToySeries, ToyFund).execute(open_series(SERIES))
    older = store_of(ToySeries)
    assert older.log.head().size == 1


def test_a_newer_release_serves_the_log_of_an_older_one(store_of: StoreOf) -> None:
    store_of(ToySeries).execute(open_series(SERIES))
    newer = store_of(ToySeries, ToyFund)
    newer.execute(charter(FUND))
    assert newer.log.head().size == 2
