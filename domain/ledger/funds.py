"""Mutual funds: charter one, amend its terms, and say what it guarantees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.client import Client
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.mutual_fund import FundKind, MutualFund
from domain.errors import OtherEntity
from domain.facts import Stamp
from domain.funding import LedgerPolicy
from domain.guaranteeing import GuaranteeTerms
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
    members_from_c: int | None = None,
) -> None:
    """Set up a mutual fund of an entity; one that guarantees asks for a confirmed client order at first.

    `set_guarantee_terms` changes that from a day on.
    """
    books.get(LegalEntity, entity_id)
    fund = MutualFund.charter(
        stamp,
        id=fund_id(entity_id, code),
        entity_id=entity_id,
        code=code,
        kind=kind,
        ledger_policy=ledger_policy,
        floor_c=floor_c,
        cap_c=cap_c,
        regulation_ref=regulation_ref,
        members_from_c=members_from_c,
    )
    if kind is FundKind.GUARANTEE:
        terms = GuaranteeTerms(stamp.effective_on, needs_order=True, excluded_client_ids=())
        fund.set_guarantee_terms(stamp, terms, decision_ref=regulation_ref)
    books.record(fund)


def amend_fund(
    books: Books,
    stamp: Stamp,
    *,
    fund_id: UUID,
    valid_from: date,
    floor_c: int,
    cap_c: int | None,
    decision_ref: str,
    members_from_c: int | None = None,
) -> None:
    """Give a fund another floor and cap, from a day on, and say from which amount the members decide."""
    books.get(MutualFund, fund_id).amend(
        stamp,
        valid_from=valid_from,
        floor_c=floor_c,
        cap_c=cap_c,
        decision_ref=decision_ref,
        members_from_c=members_from_c,
    )


def set_guarantee_terms(
    books: Books,
    stamp: Stamp,
    *,
    fund_id: UUID,
    valid_from: date,
    needs_order: bool,
    excluded_client_ids: Sequence[UUID],
    decision_ref: str,
) -> None:
    """Guarantee invoices by other terms from a day on: their order confirmed before, some clients excluded."""
    fund = books.get(MutualFund, fund_id)
    for client_id in excluded_client_ids:
        if books.get(Client, client_id).entity_id != fund.entity_id:
            raise OtherEntity(fund_id=fund_id, client_id=client_id)
    terms = GuaranteeTerms(valid_from, needs_order, tuple(dict.fromkeys(excluded_client_ids)))
    fund.set_guarantee_terms(stamp, terms, decision_ref=decision_ref)
