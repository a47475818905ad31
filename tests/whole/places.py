"""Two companies of one group to ask everything of: three activities, a fund of the first, a supplier of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.aggregates.client import ClientKind
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.bank import account_id_of, open_bank_account
from domain.ledger.entities import entity_id_of
from domain.ledger.invoicing import register_client
from domain.ledger.members import membership_id
from domain.ledger.plans import enact_contribution_rule
from domain.ledger.purchases import register_supplier
from domain.ledger.shares import open_share_class
from domain.payouts import PayoutRegime
from tests.cooperative import (
    ACCOUNT,
    CLIENT,
    ENTITY,
    FOUNDED,
    MEMBER,
    OPENING_C,
    OTHER_MEMBER,
    OTHER_PERSON,
    PERSON,
    found,
    found_entity,
    join,
)

Perform = Callable[..., object]

SISTER = entity_id_of("SISTER")
SISTER_PERSON = UUID(int=120)
SISTER_MEMBER = membership_id(SISTER, SISTER_PERSON)
PAYEE_IBAN = "BE29539000000289"


@dataclass(frozen=True)
class Company:
    """One legal entity, with its bank account and a supplier."""

    id: UUID
    account: str
    supplier_id: UUID

    @property
    def account_id(self) -> UUID:
        return account_id_of(self.account)


@dataclass(frozen=True)
class Shop:
    """One activity, who runs it, and the one client it has; whether it pays into the fund."""

    id: UUID
    company: Company
    client_id: UUID
    member_id: UUID
    person_id: UUID
    has_fund: bool


PILOT_COMPANY = Company(ENTITY, ACCOUNT, UUID(int=130))
SISTER_COMPANY = Company(SISTER, "BE68539007547034", UUID(int=131))
COMPANIES = (PILOT_COMPANY, SISTER_COMPANY)
SHOPS = (
    Shop(activity_id(ENTITY, "A1"), PILOT_COMPANY, CLIENT, MEMBER, PERSON, has_fund=True),
    Shop(activity_id(ENTITY, "A2"), PILOT_COMPANY, UUID(int=121), OTHER_MEMBER, OTHER_PERSON, has_fund=True),
    Shop(
        activity_id(SISTER, "S1"), SISTER_COMPANY, UUID(int=122), SISTER_MEMBER, SISTER_PERSON, has_fund=False
    ),
)
HOLDERS = ((MEMBER, PERSON), (OTHER_MEMBER, OTHER_PERSON))
SHARE_CLASS, PRICE_C = "A", 250_00


def found_group(perform: Perform) -> None:
    """Found both: contribution 10 %, 1 % of it all to the fund in the first, 5,000.00 in each bank account."""
    found(perform)
    found_entity(perform, code="SISTER")
    join(perform, SISTER_PERSON, entity_id=SISTER)
    for shop, code in ((SHOPS[1], "A2"), (SHOPS[2], "S1")):
        _open(perform, shop, code)
    perform(
        enact_contribution_rule,
        on=FOUNDED,
        entity_id=SISTER,
        valid_from=FOUNDED,
        rate_bp=1_000,
        fund_shares=[],
        decision_ref="assembly 2025",
    )
    perform(
        open_bank_account,
        on=FOUNDED,
        entity_id=SISTER,
        account=SISTER_COMPANY.account,
        balance_c=OPENING_C,
        balance_on=FOUNDED,
    )
    for company in COMPANIES:
        perform(
            register_supplier,
            on=FOUNDED,
            supplier_id=company.supplier_id,
            entity_id=company.id,
            name="Timber and Nails",
            address="Rue Basse 3, 1000 Brussels",
            vat_no="",
        )
    perform(
        open_share_class,
        on=FOUNDED,
        entity_id=ENTITY,
        share_class=SHARE_CLASS,
        unavailable=False,
        statutes_ref="art. 5",
    )


def _open(perform: Perform, shop: Shop, code: str) -> None:
    opened: dict[str, Any] = {"entity_id": shop.company.id, "membership_ids": [shop.member_id], "code": code}
    perform(open_activity, on=FOUNDED, payout_regime=PayoutRegime.EMPLOYEE, **opened)
    perform(
        register_client,
        on=FOUNDED,
        client_id=shop.client_id,
        entity_id=shop.company.id,
        kind=ClientKind.BUSINESS,
        name=f"Client of {code}",
        address="Rue Basse 2, 1000 Brussels",
        vat_no="BE0987654394",
        email="client@example.org",
    )
