"""A small cooperative to test with: one entity, two members, an activity, a fund, a plan, a client.

It is founded through any `perform(use_case, *, on, actor, **asked)`: on paper or on a real store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.client import ClientKind
from domain.aggregates.mutual_fund import FundKind
from domain.contributions import FundShare
from domain.funding import LedgerPolicy
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.bank import ReportedEntry, ReportedStatement, account_id_of, open_bank_account
from domain.ledger.entities import entity_id_of, register_entity
from domain.ledger.funds import charter_fund, fund_id
from domain.ledger.invoicing import AskedLine, register_client
from domain.ledger.members import admit_member, apply_for_membership, membership_id
from domain.ledger.periods import open_period
from domain.ledger.plans import enact_contribution_rule
from domain.payouts import PayoutRegime
from domain.vat import VatCategory

ENTITY = entity_id_of("PILOT")
PERSON, OTHER_PERSON = UUID(int=101), UUID(int=102)
MEMBER, OTHER_MEMBER = membership_id(ENTITY, PERSON), membership_id(ENTITY, OTHER_PERSON)
ACTIVITY = activity_id(ENTITY, "A1")
FUND = fund_id(ENTITY, "SOLIDARITY")
CLIENT = UUID(int=103)
ACCOUNT = "BE56539000000188"
ACCOUNT_ID = account_id_of(ACCOUNT)
FOUNDED = date(2025, 11, 1)
MONTHS = ("2025-11", "2025-12", "2026-01", "2026-02", "2026-03")
FLOOR_C = 1_000_00
OPENING_C = 5_000_00

Perform = Callable[..., object]


def found_entity(perform: Perform, *, code: str = "PILOT") -> None:
    """Register the entity and open its months."""
    perform(
        register_entity,
        on=FOUNDED,
        code=code,
        name="Pilot Cooperative",
        enterprise_no="0123456749",
        country="BE",
    )
    for month in MONTHS:
        perform(open_period, on=FOUNDED, entity_id=entity_id_of(code), month=month)


def join(perform: Perform, person_id: UUID, *, entity_id: UUID = ENTITY) -> None:
    """Let a person become an effective member."""
    perform(
        apply_for_membership,
        on=FOUNDED,
        entity_id=entity_id,
        person_id=person_id,
        category="entrepreneur",
        name=f"Member {person_id.int}",
        address="Rue Haute 1, 1000 Brussels",
        email="member@example.org",
    )
    perform(
        admit_member, on=FOUNDED, membership_id=membership_id(entity_id, person_id), decision_ref="board 1"
    )


def found(perform: Perform) -> None:
    """Found the whole cooperative: contribution 10 %, 1 % of it all to the fund, floor 1,000.00."""
    found_entity(perform)
    join(perform, PERSON)
    join(perform, OTHER_PERSON)
    perform(
        open_activity,
        on=FOUNDED,
        entity_id=ENTITY,
        code="A1",
        membership_ids=[MEMBER],
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    perform(
        charter_fund,
        on=FOUNDED,
        entity_id=ENTITY,
        code="SOLIDARITY",
        kind=FundKind.SOLIDARITY,
        ledger_policy=LedgerPolicy.LIABILITY,
        floor_c=FLOOR_C,
        regulation_ref="regulation 2025",
    )
    perform(
        enact_contribution_rule,
        on=FOUNDED,
        entity_id=ENTITY,
        valid_from=FOUNDED,
        rate_bp=1_000,
        fund_shares=[FundShare(FUND, 100)],
        decision_ref="assembly 2025",
    )
    perform(
        register_client,
        on=FOUNDED,
        client_id=CLIENT,
        entity_id=ENTITY,
        kind=ClientKind.BUSINESS,
        name="Client and Sons",
        address="Rue Basse 2, 1000 Brussels",
        vat_no="BE0987654394",
        email="client@example.org",
    )
    perform(
        open_bank_account,
        on=FOUNDED,
        entity_id=ENTITY,
        account=ACCOUNT,
        balance_c=OPENING_C,
        balance_on=FOUNDED,
    )


def line(unit_price: str = "1000", *, quantity: str = "1", rate_bp: int = 2_100, **says: Any) -> AskedLine:
    """A line of an invoice, at 21 % unless told otherwise."""
    category = VatCategory.STANDARD if rate_bp else VatCategory.EXEMPT
    asked: dict[str, Any] = {
        "description": "Carpentry",
        "quantity": quantity,
        "unit_price": unit_price,
        "vat_category": category,
        "vat_rate_bp": rate_bp,
        "exemption_code": "",
    }
    return AskedLine(**asked | says)


def invoice(invoice_id: UUID, *lines: AskedLine, on: date, **says: Any) -> dict[str, Any]:
    """What is asked of `issue_invoice`; 1,000.00 and 210.00 VAT unless told otherwise."""
    asked: dict[str, Any] = {
        "invoice_id": invoice_id,
        "activity_id": ACTIVITY,
        "client_id": CLIENT,
        "issued_on": on,
        "supplied_on": on,
        "due_on": None,
        "lines": lines or (line(),),
    }
    return asked | says


def entry(key: str, amount_c: int, *, on: date, references: tuple[str, ...] = ()) -> ReportedEntry:
    """An entry of a statement as the bank reports it."""
    return ReportedEntry(
        key=key,
        on=on,
        value_on=on,
        amount_c=amount_c,
        references=references,
        subject_id=UUID(int=104),
        counterparty_name="Client and Sons",
        counterparty_iban="BE29539000000289",
        remittance="invoice",
    )


def statement(
    number: int, entries: Sequence[ReportedEntry] = (), *, opening_c: int, on: date, **says: Any
) -> ReportedStatement:
    """A statement that balances, with this number in its year, unless told otherwise."""
    reported: dict[str, Any] = {
        "identity": f"{on.year}/{number}",
        "sequence": (on.year, number),
        "from_on": on,
        "to_on": on,
        "opening_c": opening_c,
        "closing_c": opening_c + sum(each.amount_c for each in entries),
        "entries": tuple(entries),
        "file_sha256": f"{number:064}",
    }
    return ReportedStatement(**reported | says)
