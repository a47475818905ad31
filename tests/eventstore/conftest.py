"""The log on which most promises of the event store are tested."""

from __future__ import annotations

import asyncio

import pytest
import uvloop

from eventstore.store import EventStore
from tests.conftest import StoreOf
from tests.eventstore.in_loops import InLoop, in_a_loop_of
from tests.eventstore.toys import FUND, SERIES, ToyFund, ToySeries, charter, open_series


@pytest.fixture
def store(store_of: StoreOf) -> EventStore:
    """A log with one open series, at 1, and one empty fund with floor zero, at 2."""
    store = store_of(ToySeries, ToyFund)
    store.execute(open_series(SERIES))
    store.execute(charter(FUND))
    return store


@pytest.fixture(params=[asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def in_a_loop(request: pytest.FixtureRequest) -> InLoop:
    """Run coroutines in loops of either kind."""
    return in_a_loop_of(request.param)
