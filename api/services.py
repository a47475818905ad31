"""What the API works with; `workers/` makes it, a test makes its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from eventstore.access import ApiKeys
from eventstore.desk import Desk
from eventstore.documents import Documents
from eventstore.log import Log
from projections.reader import Reader


@dataclass(frozen=True, slots=True)
class Services:
    """One tenant's ledger, as the API sees it.

    `pseudonym` turns what is known of a bank's counterparty into a subject id that does not tell
    it: a keyed hash. `business_day` is the day of a moment in the cooperative's own time zone.
    """

    tenant: str
    desk: Desk
    log: Log
    documents: Documents
    reader: Reader
    access: ApiKeys
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]
    business_day: Callable[[datetime], date]
    pseudonym: Callable[[str], UUID]
