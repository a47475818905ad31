"""What a fund is owed, gives and gets back is booked by its ledger policy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.fund_aid import FundAid
from domain.aggregates.fund_guarantee import FundGuarantee
from domain.aggregates.mutual_fund import MutualFund
from domain.bookkeeping.rules_v1 import book
from domain.funding import LedgerPolicy
from tests.cooperative import ACTIVITY, FUND
from tests.domain.test_posting_rules import DOCUMENT, Side, of, sides
from tests.scenario import ID

LINE = UUID(int=150)
POLICIES = list(LedgerPolicy)


def fund(account: str, cents: int, fund_id: UUID = FUND) -> Side:
    return Side(account, cents, None, fund_id)


def booked(kind: type[Any], policy: LedgerPolicy, cents: int) -> list[Side]:
    told = {"fund_id": FUND, "activity_id": ACTIVITY, "document_id": DOCUMENT, "ledger_policy": policy}
    return sides(book(of(kind, **told, amount_c=cents)))


def test_a_contribution_charged() -> None:
    def charged(policy: LedgerPolicy) -> list[Side]:
        return booked(MutualFund.ContributionCharged, policy, 10_00)

    activity = Side("6191", 10_00, ACTIVITY)
    assert charged(LedgerPolicy.LIABILITY) == [activity, fund("4895", -10_00, ID)]
    assert charged(LedgerPolicy.ANALYTIC_ONLY) == [activity, fund("6191", -10_00, ID)]
    assert charged(LedgerPolicy.PROVISION) == [Side("637", 10_00, ACTIVITY), fund("164", -10_00, ID)]


BORNE = {
    LedgerPolicy.LIABILITY: [fund("4895", 20_00)],
    LedgerPolicy.ANALYTIC_ONLY: [fund("6191", 20_00)],
    LedgerPolicy.PROVISION: [fund("6191", 20_00), fund("164", 20_00), fund("637", -20_00)],
}


@pytest.mark.parametrize("policy", POLICIES)
def test_a_grant_is_borne_by_the_fund_and_in_transit(policy: LedgerPolicy) -> None:
    assert booked(FundAid.GrantPaid, policy, 20_00) == [*BORNE[policy], Side("580", -20_00)]


@pytest.mark.parametrize("policy", POLICIES)
def test_an_advance_is_owed_to_the_fund_and_in_transit_whatever_the_policy(policy: LedgerPolicy) -> None:
    assert booked(FundAid.AdvancePaid, policy, 20_00) == [fund("416", 20_00), Side("580", -20_00)]


@pytest.mark.parametrize("policy", POLICIES)
def test_what_comes_back_clears_the_advance(policy: LedgerPolicy) -> None:
    owed = fund("416", -20_00)
    assert booked(FundAid.RepaymentReceived, policy, 20_00) == [Side("499", 20_00), owed]
    assert booked(FundAid.RepaymentSetOff, policy, 20_00) == [Side("6191", 20_00, ACTIVITY), owed]


@pytest.mark.parametrize("policy", POLICIES)
def test_what_is_written_off_is_borne_by_the_fund_and_what_is_recovered_is_its_mirror(
    policy: LedgerPolicy,
) -> None:
    assert booked(FundAid.AdvanceWrittenOff, policy, 20_00) == [*BORNE[policy], fund("416", -20_00)]
    mirrored = [fund(side.account, -side.cents) for side in BORNE[policy]]
    assert booked(FundAid.RecoveryReceived, policy, 20_00) == [Side("499", 20_00), *mirrored]


@pytest.mark.parametrize(
    ("policy", "held", "given"),
    [
        (LedgerPolicy.LIABILITY, "4895", "743"),
        (LedgerPolicy.ANALYTIC_ONLY, "6191", "6191"),
        (LedgerPolicy.PROVISION, "164", "637"),
    ],
)
def test_a_guarantee_goes_from_the_fund_to_the_activity_and_back(
    policy: LedgerPolicy, held: str, given: str
) -> None:
    assert booked(FundGuarantee.Called, policy, 20_00) == [fund(held, 20_00), Side(given, -20_00, ACTIVITY)]
    assert booked(FundGuarantee.Recovered, policy, 20_00) == [
        fund(held, -20_00),
        Side(given, 20_00, ACTIVITY),
    ]
