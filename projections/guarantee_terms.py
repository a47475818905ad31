"""By which terms each mutual fund guarantees invoices; a part of the read model of aid and guarantees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from projections.read_model import Table
from projections.reader import Reader

TERMS = Table(
    "fund_guarantee_terms",
    (
        """
        CREATE TABLE fund_guarantee_terms (
            position bigint PRIMARY KEY,
            fund_id uuid NOT NULL,
            valid_from date NOT NULL,
            needs_order boolean NOT NULL,
            excluded_client_ids uuid[] NOT NULL,
            decision_ref text NOT NULL
        )
        """,
        "CREATE INDEX fund_guarantee_terms_of_fund ON fund_guarantee_terms (fund_id, position)",
    ),
    "SELECT * FROM fund_guarantee_terms ORDER BY position",
)
ADD_TERMS = """
    COPY fund_guarantee_terms (position, fund_id, valid_from, needs_order, excluded_client_ids, decision_ref)
    FROM STDIN
"""


@dataclass(frozen=True)
class TermsOfGuarantee:
    """From that day on: whether an order must be confirmed before its invoice, and whose are excluded."""

    valid_from: date
    needs_order: bool
    excluded_client_ids: tuple[UUID, ...]
    decision_ref: str
    position: int

    def __post_init__(self) -> None:
        """Keep the clients as they come from the database unchangeable."""
        object.__setattr__(self, "excluded_client_ids", tuple(self.excluded_client_ids))


_OF_FUND = """
    SELECT valid_from, needs_order, excluded_client_ids, decision_ref, position FROM fund_guarantee_terms
    WHERE fund_id = %(fund_id)s ORDER BY position
"""


def guarantee_terms(reader: Reader, fund_id: UUID) -> list[TermsOfGuarantee]:
    """Return the terms of a fund, the first ones first; none if nothing was ever asked."""
    return reader.rows(TermsOfGuarantee, _OF_FUND, fund_id=fund_id)
