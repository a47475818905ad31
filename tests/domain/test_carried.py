"""What the members decide names the motion that carries it: a rule of contribution, aid above a charter's limit."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.contribution_plan import ContributionPlan
from domain.aggregates.fund_aid import AidOutcome, FundAid
from domain.aggregates.motion import Motion
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.share_register import ShareRegister
from domain.errors import AmountNotPositive, MotionNeeded, MustAbstain
from domain.governance.rules import Choice
from domain.ledger.aid import decide_aid, request_aid
from domain.ledger.entities import set_parameter
from domain.ledger.funds import amend_fund
from domain.ledger.governance import annul_poll, table_motion
from domain.ledger.motions import declare_conflict
from domain.ledger.plans import enact_contribution_rule, grant_contribution_override
from domain.ledger.shares import open_share_class
from domain.ledger.withdrawals import approve_net_asset
from tests.aiding import fill_the_fund
from tests.carried import adopted
from tests.cooperative import ACTIVITY, ENTITY, FUND, MEMBER, OTHER_MEMBER, found, join
from tests.domain.meeting import (
    ANNA,
    BERT,
    CLEO,
    DIRK,
    MOTION,
    POLL,
    attends,
    convenes,
    counts,
    founded,
    in_advance,
    opens,
    puts,
    rules,
    votes,
)
from tests.paper import PaperLedger
from tests.scenario import TODAY

AID = UUID(int=950)


@pytest.fixture
def ledger() -> PaperLedger:
    paper = PaperLedger()
    found(paper.perform)
    fill_the_fund(paper.perform)
    return paper


def rules_the_contribution(ledger: PaperLedger, motion_id: UUID | None) -> None:
    asked: dict[str, Any] = {"entity_id": ENTITY, "valid_from": date(2026, 4, 1), "rate_bp": 900}
    ledger.perform(
        enact_contribution_rule, **asked, fund_shares=[], decision_ref="assembly", motion_id=motion_id
    )


def excepts_the_activity(ledger: PaperLedger, motion_id: UUID | None) -> None:
    days: dict[str, Any] = {"valid_from": date(2026, 4, 1), "valid_until": date(2026, 6, 30)}
    asked: dict[str, Any] = {"activity_id": ACTIVITY, **days, "rate_bp": 500, "fund_shares": []}
    ledger.perform(grant_contribution_override, **asked, decision_ref="assembly", motion_id=motion_id)


def decides(ledger: PaperLedger, amount_c: int, **by: Any) -> None:
    asked: dict[str, Any] = {"aid_id": AID, "outcome": AidOutcome.GRANTED, "decision_ref": "decision 4"}
    ledger.perform(decide_aid, actor="ben", **asked, amount_c=amount_c, **by)


def asks_for_aid(ledger: PaperLedger) -> None:
    asked: dict[str, Any] = {"aid_id": AID, "fund_id": FUND, "activity_id": ACTIVITY, "amount_c": 500_00}
    ledger.perform(request_aid, **asked, member_id=MEMBER, purpose="A lathe.")


def test_where_the_members_decide_the_contribution_a_rule_names_their_motion(ledger: PaperLedger) -> None:
    rules_the_contribution(ledger.copy(), None)
    asked: dict[str, Any] = {"entity_id": ENTITY, "name": "contribution.body", "value": "assembly"}
    ledger.perform(set_parameter, **asked, valid_from=TODAY, source_ref="statutes art. 30")
    for motion_id in (None, UUID(int=9)):
        with pytest.raises(MotionNeeded):
            rules_the_contribution(ledger, motion_id)
    motion_id = adopted(ledger.perform, (MEMBER, OTHER_MEMBER))
    rules_the_contribution(ledger, motion_id)
    enacted = [each for each in ledger.facts if isinstance(each, ContributionPlan.RuleEnacted)]
    assert enacted[-1].motion_id == motion_id


def test_an_exception_is_carried_as_the_rule_it_replaces_would_be(ledger: PaperLedger) -> None:
    excepts_the_activity(ledger.copy(), None)
    with pytest.raises(MotionNeeded):
        excepts_the_activity(ledger, UUID(int=9))
    asked: dict[str, Any] = {"entity_id": ENTITY, "name": "contribution.body", "value": "assembly"}
    ledger.perform(set_parameter, **asked, valid_from=TODAY, source_ref="statutes art. 30")
    with pytest.raises(MotionNeeded):
        excepts_the_activity(ledger, None)
    motion_id = adopted(ledger.perform, (MEMBER, OTHER_MEMBER))
    excepts_the_activity(ledger, motion_id)
    granted = [each for each in ledger.facts if isinstance(each, ContributionPlan.OverrideGranted)]
    assert [each.motion_id for each in granted] == [motion_id]


def test_what_a_share_is_worth_names_an_adopted_motion_or_accounts_of_before_the_ledger(
    ledger: PaperLedger,
) -> None:
    classed: dict[str, Any] = {"entity_id": ENTITY, "share_class": "A"}
    ledger.perform(open_share_class, **classed, unavailable=False, statutes_ref="statutes")
    asked: dict[str, Any] = {
        **classed,
        "closing_on": date(2025, 12, 31),
        "net_asset_per_share_c": 240_00,
        "accounts_ref": "annual accounts 2025",
        "decision_ref": "assembly 2026",
    }
    ledger.perform(approve_net_asset, **asked)
    tabled = UUID(int=0x9F00)
    says: dict[str, Any] = {"title": "The accounts", "text": "The members approve the accounts."}
    ledger.perform(table_motion, motion_id=tabled, entity_id=ENTITY, **says)
    for motion_id in (UUID(int=9), tabled):
        with pytest.raises(MotionNeeded):
            ledger.perform(approve_net_asset, **asked, motion_id=motion_id)
    motion_id = adopted(ledger.perform, (MEMBER, OTHER_MEMBER))
    ledger.perform(approve_net_asset, **asked, motion_id=motion_id)
    worth = [each for each in ledger.facts if isinstance(each, ShareRegister.NetAssetApproved)]
    assert [each.motion_id for each in worth] == [None, motion_id]


def test_aid_the_charter_leaves_to_the_members_is_not_decided_by_a_committee(ledger: PaperLedger) -> None:
    join(ledger.perform, UUID(int=140))
    terms: dict[str, Any] = {"fund_id": FUND, "floor_c": 1_000_00, "cap_c": None, "decision_ref": "assembly"}
    with pytest.raises(AmountNotPositive):
        ledger.perform(amend_fund, **terms, valid_from=TODAY, members_from_c=0)
    ledger.perform(amend_fund, **terms, valid_from=TODAY, members_from_c=300_00)
    assert ledger.get(MutualFund, FUND).terms_on(TODAY).members_from_c == 300_00
    asks_for_aid(ledger)
    decides(ledger.copy(), 299_99, decided_by=[OTHER_MEMBER])
    with pytest.raises(MotionNeeded):
        decides(ledger, 300_00, decided_by=[OTHER_MEMBER])


def test_an_annulled_motion_carries_nothing() -> None:
    ledger = founded()
    fill_the_fund(ledger.perform)
    rules(ledger)
    convenes(ledger)
    opens(ledger, BERT, CLEO, ANNA)
    puts(ledger)
    votes(ledger, BERT, Choice.YES)
    assert isinstance(counts(ledger), Motion.Adopted)
    asked: dict[str, Any] = {"entity_id": ENTITY, "name": "contribution.body", "value": "assembly"}
    ledger.perform(set_parameter, **asked, valid_from=TODAY, source_ref="statutes art. 30")
    rules_the_contribution(ledger.copy(), MOTION)
    ledger.perform(annul_poll, poll_id=POLL, decision_ref="court 12", reason="Two members were not called.")
    with pytest.raises(MotionNeeded):
        rules_the_contribution(ledger, MOTION)


@pytest.mark.parametrize("declared", [True, False])
def test_who_runs_the_activity_votes_on_its_aid_neither_at_the_meeting_nor_before(*, declared: bool) -> None:
    ledger = founded()
    fill_the_fund(ledger.perform)
    rules(ledger)
    convenes(ledger)
    asks_for_aid(ledger)
    in_advance(ledger, ANNA, Choice.YES)
    if declared:
        ledger.perform(declare_conflict, motion_id=MOTION, member_id=ANNA, interest="runs the activity")
    opens(ledger, BERT, CLEO)
    attends(ledger, DIRK)
    puts(ledger)
    votes(ledger, BERT, Choice.YES)
    assert isinstance(counts(ledger), Motion.Adopted)
    if declared:
        decides(ledger, 500_00, motion_id=MOTION)
        assert ledger.get(FundAid, AID).amount_c == 500_00
    else:
        with pytest.raises(MustAbstain):
            decides(ledger, 500_00, motion_id=MOTION)
