"""The first day of the group: two entities, each with its own books, bank, fund, rules and members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from domain.aggregates.client import ClientKind
from domain.aggregates.mutual_fund import FundKind
from domain.contributions import ContributionBase, FundShare, Tier
from domain.funding import LedgerPolicy
from domain.governance.rules import Comparator, Denominator, Majority, Quorum
from domain.ledger import activities, bank, entities, funds, governance, invoicing, members, periods, plans
from domain.ledger import shares as share_cases
from domain.ledger.late_presets import EARNED_BY
from domain.payouts import PayoutRegime
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from workers.demo.clerk import TREASURER, Clerk
from workers.demo.group.house import Account, House, Member, Purse
from workers.demo.group.size import Size
from workers.demo.people import Person, companies, people

FUND = "SOLIDARITY"
SHARES = "A"
ORDINARY, STATUTES = "ordinary-resolution", "statutes"
OPENING_C = 25_000_00
FLOOR_C = 10_00
SHARE_PRICE_C = 125_00
LATE = 10
"""One member in so many joins later."""


class Plan(NamedTuple):
    """What tells the two entities apart: the contribution among others, in basis points and cents.

    What late payers pay goes to the activity that waited, or to the fund.
    """

    code: str
    name: str
    enterprise_no: str
    account: int
    letter: str
    rate_bp: int
    base: ContributionBase = ContributionBase.INVOICED_NET
    tiers: tuple[Tier, ...] = ()
    fixed_month_c: int = 0
    late_payers_pay: str = "activity"

    @property
    def left_bp(self) -> int:
        """What is left of an invoice at most when it is paid, if nothing is charged with the invoice."""
        return self.rate_bp + FUND_BP if self.base is ContributionBase.COLLECTED_NET else 0


FUND_BP = 100
PLANS = (
    Plan(
        "COOP",
        "Coopérative de démonstration (fictional)",
        "0999999922",
        2026,
        "A",
        1000,
        late_payers_pay=f"fund:{FUND}",
    ),
    Plan(
        "NOORD",
        "Coöperatie van de demonstratie (fictional)",
        "0999999823",
        2028,
        "B",
        1150,
        ContributionBase.COLLECTED_NET,
        (Tier(20_000_00, 1000), Tier(40_000_00, 850)),
        15_00,
    ),
)


def found(clerk: Clerk, size: Size) -> tuple[House, ...]:
    """Found the two entities; nine in ten of their members are there from the first day."""
    everyone = iter(people(clerk.chance, size.members))
    first = size.members - size.members * 2 // 5 if size.members > len(PLANS) else 1
    counts = (first, size.members - first)
    return tuple(
        _house(clerk, size, plan, everyone, count) for plan, count in zip(PLANS, counts, strict=True)
    )


def _house(clerk: Clerk, size: Size, plan: Plan, everyone: Iterator[Person], count: int) -> House:
    on, entity_id = size.first_day, entities.entity_id_of(plan.code)
    clerk.tell(
        "entity.register",
        entities.register_entity,
        on=on,
        code=plan.code,
        name=plan.name,
        enterprise_no=plan.enterprise_no,
        country="BE",
    )
    for n in range(size.months + 2):
        clerk.tell("period.open", periods.open_period, on=on, entity_id=entity_id, month=str(size.month(n)))
    account = belgian_iban(UNASSIGNED_BANK, plan.account)
    clerk.tell(
        "bank-account.open",
        bank.open_bank_account,
        on=on,
        actor=TREASURER,
        entity_id=entity_id,
        account=account,
        balance_c=OPENING_C,
        balance_on=on,
    )
    fund_id, held = funds.fund_id(entity_id, FUND), Account(account, OPENING_C, on)
    house = House(plan.code, entity_id, fund_id, held, plan.left_bp, plan.fixed_month_c)
    _fund_and_plan(clerk, house, plan, on)
    adopt_rules(clerk, house, on)
    _open_shares(clerk, house, on)
    house.members += [
        Member(members.membership_id(entity_id, person.id), person) for person in islice(everyone, count)
    ]
    joined = house.members[: count - count // LATE]
    for member in joined:
        join(clerk, house, member, on)
    _open_activities(clerk, house, plan.letter, joined, on)
    _clients(clerk, house, max(6, count // 3), on)
    return house


def _fund_and_plan(clerk: Clerk, house: House, plan: Plan, on: date) -> None:
    clerk.tell(
        "fund.charter",
        funds.charter_fund,
        on=on,
        entity_id=house.entity_id,
        code=FUND,
        kind=FundKind.SOLIDARITY,
        ledger_policy=LedgerPolicy.LIABILITY,
        floor_c=FLOOR_C,
        regulation_ref="founding assembly, decision 2",
    )
    clerk.tell(
        "contribution-rule.enact",
        plans.enact_contribution_rule,
        on=on,
        entity_id=house.entity_id,
        valid_from=on,
        base=plan.base,
        rate_bp=plan.rate_bp,
        tiers=plan.tiers,
        fixed_month_c=plan.fixed_month_c,
        fund_shares=(FundShare(house.fund_id, FUND_BP),),
        decision_ref="founding assembly, decision 3",
    )
    clerk.tell(
        "parameter.set",
        entities.set_parameter,
        on=on,
        actor=TREASURER,
        entity_id=house.entity_id,
        name=EARNED_BY,
        value=plan.late_payers_pay,
        valid_from=on,
        source_ref="founding assembly, decision 4 (fictional)",
    )


def adopt_rules(clerk: Clerk, house: House, on: date) -> None:
    """Adopt the rules of assemblies: more than half of who votes, and three in four for the statutes."""
    half = Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED)
    most = Majority(3, 4, Comparator.AT_LEAST, Denominator.EXPRESSED)
    for name, quorum, majority in ((ORDINARY, Quorum(0, 1), half), (STATUTES, Quorum(1, 2), most)):
        clerk.tell(
            "rule-set.adopt",
            governance.adopt_rule_set,
            on=on,
            entity_id=house.entity_id,
            name=name,
            version=1,
            valid_from=on,
            quorum=quorum,
            majority=majority,
            source_ref="articles of association, art. 21 (fictional)",
        )


def _open_shares(clerk: Clerk, house: House, on: date) -> None:
    clerk.tell(
        "share-class.open",
        share_cases.open_share_class,
        on=on,
        entity_id=house.entity_id,
        share_class=SHARES,
        unavailable=False,
        statutes_ref="articles of association, art. 6 (fictional)",
    )


def join(clerk: Clerk, house: House, member: Member, on: date) -> None:
    """Apply and be admitted."""
    person, member.joined_on = member.person, on
    clerk.tell(
        "membership.apply",
        members.apply_for_membership,
        on=on,
        entity_id=house.entity_id,
        person_id=person.id,
        category="entrepreneur",
        name=person.name,
        address=person.address,
        email=person.email,
    )
    clerk.tell(
        "membership.admit",
        members.admit_member,
        on=on,
        membership_id=member.membership_id,
        decision_ref="board, decision on admissions",
    )


def open_activity(clerk: Clerk, house: House, letter: str, partners: tuple[Member, ...], on: date) -> Purse:
    """Open the next activity, run by these members."""
    code = f"{letter}{len(house.purses) + 1:03}"
    clerk.tell(
        "activity.open",
        activities.open_activity,
        on=on,
        entity_id=house.entity_id,
        code=code,
        membership_ids=tuple(member.membership_id for member in partners),
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    purse = Purse(activities.activity_id(house.entity_id, code), code, partners, house.left_bp)
    house.purses.append(purse)
    return purse


def _open_activities(clerk: Clerk, house: House, letter: str, joined: list[Member], on: date) -> None:
    """Open an activity for each member, but for every fourth, who runs one with the third."""
    for start in range(0, len(joined), 4):
        first, second, pair = (
            joined[start : start + 1],
            joined[start + 1 : start + 2],
            joined[start + 2 : start + 4],
        )
        for partners in (first, second, pair):
            if partners:
                open_activity(clerk, house, letter, tuple(partners), on)


def _clients(clerk: Clerk, house: House, count: int, on: date) -> None:
    kinds = (ClientKind.BUSINESS, ClientKind.BUSINESS, ClientKind.PUBLIC, ClientKind.CONSUMER)
    for n, company in enumerate(companies(clerk.chance, count)):
        clerk.tell(
            "client.register",
            invoicing.register_client,
            on=on,
            client_id=company.id,
            entity_id=house.entity_id,
            kind=kinds[n % len(kinds)],
            name=company.name,
            address=company.address,
            vat_no="",
            email=company.email,
        )
        house.clients.append(company)
