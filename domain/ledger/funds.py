"""Mutual funds: charter one, and amend its terms."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.mutual_fund import FundKind, MutualFund
from domain.facts import Stamp
from domain.funding import LedgerPolicy
from domain.ids import derived_id
from domain.ledger.books import Books


def fund_id(entity_id: UUID, code: str) -> UUID:
    """Return the id of the fund with that code in that entity."""
    return derived_id("mutual-fund", entity_id, code)


def charter_fund(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    code: str,
    kind: FundKind,
    ledger_policy: LedgerPolicy,
    floor_c: int,
    regulation_ref: str,
    cap_c: int | None = None,
) -> None:
    """Set up a mutual fund of an entity."""
    books.get(LegalEntity, entity_id)
    books.record(
        MutualFund.charter(
            stamp,
            id=fund_id(entity_id, code),
            entity_id=entity_id,
            code=code,
            kind=kind,
            ledger_policy=ledger_policy,
            floor_c=floor_c,
            cap_c=cap_c,
            regulation_ref=regulation_ref,
        )
    )


def amend_fund(
    books: Books,
    stamp: Stamp,
    *,
    fund_id: UUID,
    valid_from: date,
    floor_c: int,
    cap_c: int | None,
    decision_ref: str,
) -> None:
    """Give a fund another floor and cap, from a day on."""
    books.get(MutualFund, fund_id).amend(
        stamp, valid_from=valid_from, floor_c=floor_c, cap_c=cap_c, decision_ref=decision_ref
    )
