"""One made-up fact of each topic: what the golden files hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from domain.facts import Ledgered
from tests.facts.names import STAMP
from tests.facts.of_closing import OF_CLOSING
from tests.facts.of_contributions import OF_CONTRIBUTIONS
from tests.facts.of_corrections import OF_CORRECTIONS
from tests.facts.of_credits import OF_CREDITS
from tests.facts.of_cutover import OF_CUTOVER
from tests.facts.of_doubts import OF_DOUBTS
from tests.facts.of_elections import OF_ELECTIONS
from tests.facts.of_endings import OF_ENDINGS
from tests.facts.of_funds import OF_FUNDS
from tests.facts.of_group import OF_GROUP
from tests.facts.of_invoice_drafts import OF_INVOICE_DRAFTS
from tests.facts.of_late_payments import OF_LATE_PAYMENTS
from tests.facts.of_meetings import OF_MEETINGS
from tests.facts.of_money import OF_MONEY
from tests.facts.of_outgoings import OF_OUTGOINGS
from tests.facts.of_people import OF_PEOPLE
from tests.facts.of_purchases import OF_PURCHASES
from tests.facts.of_quotations import OF_QUOTATIONS
from tests.facts.of_returns import OF_RETURNS
from tests.facts.of_shares import OF_SHARES


def events() -> Iterator[Any]:
    """Build the sample of each topic, as the first or second fact of a stream."""
    samples = (
        *OF_CLOSING,
        *OF_DOUBTS,
        *OF_ENDINGS,
        *OF_FUNDS,
        *OF_LATE_PAYMENTS,
        *OF_GROUP,
        *OF_MEETINGS,
        *OF_QUOTATIONS,
        *OF_INVOICE_DRAFTS,
        *OF_MONEY,
        *OF_OUTGOINGS,
        *OF_PEOPLE,
        *OF_RETURNS,
        *OF_CREDITS,
        *OF_CUTOVER,
        *OF_SHARES,
        *OF_PURCHASES,
        *OF_CORRECTIONS,
        *OF_CONTRIBUTIONS,
        *OF_ELECTIONS,
    )
    for aggregate, kind, says in samples:
        first = issubclass(kind, Ledgered.Created)
        topic = {"originator_topic": aggregate.TOPIC} if first else {}
        yield kind(
            originator_id=UUID(int=0x2001),
            originator_version=1 if first else 2,
            **topic,
            **STAMP.fields() | says,
        )
