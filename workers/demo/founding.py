"""The first day of the demo: the entity, its periods, bank, fund, plan, members and activities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.client import ClientKind
from domain.aggregates.mutual_fund import FundKind
from domain.contributions import FundShare
from domain.funding import LedgerPolicy
from domain.ledger import activities, bank, entities, funds, invoicing, members, periods, plans
from domain.payouts import PayoutRegime
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from workers.demo.clerk import TREASURER, Clerk
from workers.demo.people import companies, people

CODE = "COOP"
NAME = "Coopérative de démonstration (fictional)"
ENTERPRISE_NO = "0999999922"
OPENING_C = 25_000_00
FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Cooperative:
    """What the founding leaves behind for the months to use."""

    entity_id: UUID
    account: str
    fund_id: UUID
    membership_ids: tuple[UUID, ...]
    activity_ids: tuple[UUID, ...]
    clients: tuple[tuple[UUID, str], ...]


def months_from(first: date, count: int) -> list[str]:
    """Return so many months from that day's on, as 2026-01."""
    starts = [first.year * 12 + first.month - 1 + n for n in range(count)]
    return [f"{start // 12:04}-{start % 12 + 1:02}" for start in starts]


def found(clerk: Clerk, *, member_count: int, month_count: int) -> Cooperative:
    """Found the cooperative on its first day."""
    entity_id = entities.entity_id_of(CODE)
    account = belgian_iban(UNASSIGNED_BANK, 2026)
    clerk.ask(
        "entity.register",
        entities.register_entity,
        on=FIRST_DAY,
        code=CODE,
        name=NAME,
        enterprise_no=ENTERPRISE_NO,
        country="BE",
    )
    for month in months_from(FIRST_DAY, month_count + 1):
        clerk.ask("period.open", periods.open_period, on=FIRST_DAY, entity_id=entity_id, month=month)
    clerk.ask(
        "bank-account.open",
        bank.open_bank_account,
        on=FIRST_DAY,
        actor=TREASURER,
        entity_id=entity_id,
        account=account,
        balance_c=OPENING_C,
        balance_on=FIRST_DAY,
    )
    fund_id = _fund_and_plan(clerk, entity_id)
    membership_ids = _members(clerk, entity_id, member_count)
    activity_ids = _activities(clerk, entity_id, membership_ids)
    clients = _clients(clerk, entity_id)
    return Cooperative(entity_id, account, fund_id, membership_ids, activity_ids, clients)


def _fund_and_plan(clerk: Clerk, entity_id: UUID) -> UUID:
    fund_id = funds.fund_id(entity_id, "SOLIDARITY")
    clerk.ask(
        "fund.charter",
        funds.charter_fund,
        on=FIRST_DAY,
        entity_id=entity_id,
        code="SOLIDARITY",
        kind=FundKind.SOLIDARITY,
        ledger_policy=LedgerPolicy.LIABILITY,
        floor_c=50_00,
        regulation_ref="founding assembly, decision 2",
    )
    clerk.ask(
        "contribution-rule.enact",
        plans.enact_contribution_rule,
        on=FIRST_DAY,
        entity_id=entity_id,
        valid_from=FIRST_DAY,
        rate_bp=1000,
        fund_shares=(FundShare(fund_id, 100),),
        decision_ref="founding assembly, decision 3",
    )
    return fund_id


def _members(clerk: Clerk, entity_id: UUID, count: int) -> tuple[UUID, ...]:
    ids = []
    for person in people(clerk.chance, count):
        membership_id = members.membership_id(entity_id, person.id)
        clerk.ask(
            "membership.apply",
            members.apply_for_membership,
            on=FIRST_DAY,
            entity_id=entity_id,
            person_id=person.id,
            category="entrepreneur",
            name=person.name,
            address=person.address,
            email=person.email,
        )
        clerk.ask(
            "membership.admit",
            members.admit_member,
            on=FIRST_DAY,
            membership_id=membership_id,
            decision_ref="founding assembly, decision 1",
        )
        ids.append(membership_id)
    return tuple(ids)


def _activities(clerk: Clerk, entity_id: UUID, membership_ids: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Open an activity for each member, but for every fourth, who runs one with the third."""
    opened: list[UUID] = []
    for start in range(0, len(membership_ids), 4):
        first, second, *pair = membership_ids[start : start + 4]
        for partners in ((first,), (second,), tuple(pair)):
            code = f"A{len(opened) + 1:03}"
            clerk.ask(
                "activity.open",
                activities.open_activity,
                on=FIRST_DAY,
                entity_id=entity_id,
                code=code,
                membership_ids=partners,
                payout_regime=PayoutRegime.EMPLOYEE,
            )
            opened.append(activities.activity_id(entity_id, code))
    return tuple(opened)


def _clients(clerk: Clerk, entity_id: UUID) -> tuple[tuple[UUID, str], ...]:
    drawn = companies(clerk.chance)
    for company in drawn:
        clerk.ask(
            "client.register",
            invoicing.register_client,
            on=FIRST_DAY,
            client_id=company.id,
            entity_id=entity_id,
            kind=ClientKind.BUSINESS,
            name=company.name,
            address=company.address,
            vat_no="",
            email=company.email,
        )
    return tuple((company.id, company.name) for company in drawn)
