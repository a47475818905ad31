"""The hardest cases about people and companies: who leaves with debts or shares, who is two, who is a group."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership, Standing
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.errors import (
    ActivityNotEmpty,
    ConsentMissing,
    ExceedsWithdrawal,
    NoDistributionTest,
    OverWageLimit,
    PaymentSuspended,
    SecondPersonNeeded,
    TooFewMembersLeft,
    VoteGoesOn,
)
from domain.governance.rules import Comparator, Denominator, Majority, Quorum
from domain.ledger import deficits, endings, transfers
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.entities import register_id
from domain.ledger.governance import (
    adopt_rule_set,
    close_poll,
    count_poll,
    freeze_roll,
    open_poll,
    table_motion,
)
from domain.ledger.merging import merge_memberships, undo_merge
from domain.ledger.purchases import approve_purchase, purchase_id
from domain.payouts import PayoutRegime
from tests.cooperative import ACTIVITY, ENTITY, FOUNDED, MEMBER, OTHER_MEMBER
from tests.domain.departing import (
    ACCOUNT_A,
    FAILS,
    HOLDS,
    JULY,
    MEMBERS,
    OTHER_ACCOUNT_A,
    OTHER_WITHDRAWAL,
    RECEIVED_C,
    WITHDRAWAL,
    approves_accounts,
    bank_clears,
    board_tests,
    cooperative,
    leaves,
    orders,
    pays,
    takes,
    told,
    within,
)
from tests.domain.ending import DEFICIT, LAST_DAY, WAGE, agrees, closes, overdrawn, recognises
from tests.domain.spending import DAY, paid_cooperative
from tests.domain.trading import BUYER, BUYING, SELLER_AS_SUPPLIER, found_buyer, link, sells
from tests.hardest.standing import stands, tagged
from tests.paper import PaperLedger

ROLL, MOTION, POLL, TRANSFER = (UUID(int=1600 + n) for n in range(4))
OTHER = activity_id(ENTITY, "A2")


def resignation_with_a_negative_balance() -> PaperLedger:
    """Membership, employment and activity end separately, each with its date. Deficit becomes 416 or a fund
    request; set-off against the withdrawal share needs recorded consent, against wages the statutory limit.
    """
    # Given a member with ten shares of 250.00, whose last slip (gross 1,500.00) overdrew the activity by all of it.
    ledger = overdrawn()
    assert ledger.get(Activity, ACTIVITY).available_c(0) == -1_500_00

    # When the activity ends on 31 March with its deficit recognised, a fifth of the wage set off,
    closes(ledger)
    with pytest.raises(ActivityNotEmpty):
        ledger.perform(endings.close_activity, on=LAST_DAY, activity_id=ACTIVITY)
    recognises(ledger, on=LAST_DAY)
    assert stands(ledger)["416"] == 1_500_00
    wage: dict[str, Any] = {"deficit_id": DEFICIT, "payroll_id": WAGE}
    with pytest.raises(OverWageLimit):
        ledger.perform(deficits.set_off_wage, on=LAST_DAY, amount_c=240_01, **wage)
    ledger.perform(deficits.set_off_wage, on=LAST_DAY, amount_c=240_00, **wage)
    ledger.perform(endings.close_activity, on=LAST_DAY, activity_id=ACTIVITY)
    # the membership on 30 June, and the person agreed by a document to set the rest off.
    approves_accounts(ledger)
    assert ledger.get(Membership, MEMBER).standing is not Standing.FORMER
    recorded = leaves(ledger)
    assert told(recorded, Membership.ResignationTookEffect).effective_on == date(2026, 6, 30)
    board_tests(ledger, within(3_000_00))
    share: dict[str, Any] = {"deficit_id": DEFICIT, "withdrawal_id": WITHDRAWAL}
    with pytest.raises(ConsentMissing):
        ledger.perform(deficits.set_off_share, on=JULY, amount_c=1, **share)
    agrees(ledger, 1_260_00)
    ledger.perform(deficits.set_off_share, on=JULY, amount_c=1_260_00, **share)

    # Then nothing is owed any more, and of 2,400.00 the member is paid the rest.
    assert ledger.get(WithdrawalShare, WITHDRAWAL).open_c == 1_140_00
    with pytest.raises(ExceedsWithdrawal):
        orders(ledger, 1_140_01)
    pays(ledger, 1_140_00)
    bank_clears(ledger, 1_140_00)
    assert stands(ledger) == {
        "550": 5_000_00 + RECEIVED_C - 1_140_00,
        "4998": -5_000_00,
        "499": -(RECEIVED_C - 2_500_00),
        "141": -100_00,
        "6202": 1_500_00,
        "453": -300_00,
        "455": -960_00,
        "744": -1_500_00,
    }
    return ledger


def share_refund_limits() -> PaperLedger:
    """Amount fixed from last *approved* accounts; tests recorded at payment; a failed test suspends, queues,
    earns no interest; founders' and >= 3-member guards.
    """
    # Given two members of five with ten and four shares of 250.00; accounts approved say 240.00, later ones 999.00.
    ledger = cooperative()
    takes(ledger, 0, 10)
    takes(ledger, 1, 4)
    approves_accounts(ledger, 240_00)

    # When both resign, and a third one would leave fewer than three.
    for member in MEMBERS[:2]:
        leaves(ledger, member)
    with pytest.raises(TooFewMembersLeft):
        leaves(ledger, MEMBERS[2])
    assert [ledger.get(WithdrawalShare, each).open_c for each in (WITHDRAWAL, OTHER_WITHDRAWAL)] == [
        2_400_00,
        960_00,
    ]
    with pytest.raises(NoDistributionTest):
        orders(ledger, 1)

    # Then a test that fails suspends both, and whoever waits longer goes first, without a cent of interest,
    board_tests(ledger, FAILS)
    with pytest.raises(PaymentSuspended):
        orders(ledger, 1)
    board_tests(ledger, within(2_500_00))
    with pytest.raises(PaymentSuspended):
        orders(ledger, 100_01, withdrawal=OTHER_WITHDRAWAL)
    pays(ledger, 2_400_00)
    bank_clears(ledger, 2_400_00)
    assert stands(ledger) == {
        "550": 5_000_00 + RECEIVED_C - 2_400_00,
        "4998": -5_000_00,
        "499": -(RECEIVED_C - 3_500_00),
        "4892": -960_00,
        "141": -140_00,
    }
    # and what is left is paid once the tests hold.
    board_tests(ledger, HOLDS)
    pays(ledger, 960_00, withdrawal=OTHER_WITHDRAWAL, order_id=UUID(int=901))
    assert stands(ledger) == {
        "550": 5_000_00 + RECEIVED_C - 2_400_00,
        "4998": -5_000_00,
        "499": -(RECEIVED_C - 3_500_00),
        "580": -960_00,
        "141": -140_00,
    }
    return ledger


def merged_members() -> PaperLedger:
    """Alias event `MembershipMerged`; streams untouched; projections follow the alias; refuse while both hold
    votes on an open roll; sum shares per class; reversible.

    https://github.com/Dolibarr/dolibarr/issues/28914
    """
    # Given one person twice on the register, with ten and four shares, and both on the roll of an open poll.
    ledger = cooperative()
    takes(ledger, 0, 10)
    takes(ledger, 1, 4)
    approves_accounts(ledger)
    _poll(ledger)
    says: dict[str, Any] = {"membership_id": OTHER_MEMBER, "into_id": MEMBER, "reason": "The same person"}
    with pytest.raises(VoteGoesOn):
        ledger.perform(merge_memberships, **says)
    ledger.perform(close_poll, poll_id=POLL)
    ledger.perform(count_poll, poll_id=POLL, ballots=[])

    # When they are merged, unmerged and merged again.
    shares = [fact for fact in ledger.facts if isinstance(fact, ShareAccount.Event)]
    ledger.perform(merge_memberships, **says)
    register = ledger.get(MemberRegister, register_id(ENTITY))
    assert sorted(register.members.values()) == [1, 3, 4, 5]
    ledger.perform(undo_merge, membership_id=OTHER_MEMBER, reason="A namesake")
    assert sorted(ledger.get(MemberRegister, register_id(ENTITY)).members.values()) == [1, 2, 3, 4, 5]
    ledger.perform(merge_memberships, **says)
    assert [fact for fact in ledger.facts if isinstance(fact, ShareAccount.Event)] == shares

    # Then the shares of both leave together with the one that stands for both.
    recorded = leaves(ledger, MEMBER)
    worth = {each.account_id: each for each in recorded if isinstance(each, WithdrawalShare.Determined)}
    assert {account: each.amount_c for account, each in worth.items()} == {
        ACCOUNT_A: 2_400_00,
        OTHER_ACCOUNT_A: 960_00,
    }
    assert {each.membership_id for each in worth.values()} == {MEMBER}
    assert stands(ledger) == {
        "550": 5_000_00 + RECEIVED_C,
        "4998": -5_000_00,
        "499": -(RECEIVED_C - 3_500_00),
        "4892": -3_360_00,
        "141": -140_00,
    }
    return ledger


def _poll(ledger: PaperLedger) -> None:
    half = Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED)
    ledger.perform(
        adopt_rule_set,
        entity_id=ENTITY,
        name="ordinary",
        version=1,
        valid_from=FOUNDED,
        quorum=Quorum(0, 1),
        majority=half,
        source_ref="statutes",
    )
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    ledger.perform(table_motion, motion_id=MOTION, entity_id=ENTITY, title="A van", text="Buy one.")
    rule: dict[str, Any] = {"rule_name": "ordinary", "rule_version": 1}
    ledger.perform(open_poll, poll_id=POLL, motion_id=MOTION, roll_id=ROLL, **rule)


def multi_company_group() -> PaperLedger:
    """Events, numbering, periods, register, VAT per entity. Inside one entity: internal transfer, no VAT, no
    second contribution. Between entities: real invoice, mirrored with one `intercompany_id`, reconciled to zero.

    https://github.com/CroissanceCommune/autonomie/issues/603
    """
    # Given two entities, the first with two activities, of which one has 890.00.
    ledger = paid_cooperative()
    ledger.perform(
        open_activity,
        on=FOUNDED,
        entity_id=ENTITY,
        code="A2",
        membership_ids=[OTHER_MEMBER],
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    found_buyer(ledger.perform)
    link(ledger.perform)
    before = stands(ledger)

    # When one activity leaves 300.00 to the other,
    asked: dict[str, Any] = {"from_activity_id": ACTIVITY, "to_activity_id": OTHER, "amount_c": 300_00}
    ledger.perform(
        transfers.propose_transfer,
        on=DAY,
        transfer_id=TRANSFER,
        entity_id=ENTITY,
        reason="a part of the work",
        **asked,
    )
    with pytest.raises(SecondPersonNeeded):
        ledger.perform(transfers.accept_transfer, on=DAY, transfer_id=TRANSFER)
    ledger.perform(transfers.accept_transfer, on=DAY, actor="ben", transfer_id=TRANSFER)
    # then the legal books do not move, no VAT and no second contribution.
    assert stands(ledger) == before
    assert [ledger.get(Activity, each).available_c(0) for each in (ACTIVITY, OTHER)] == [590_00, 300_00]

    # When one entity sells to the other,
    recorded = sells(ledger.perform, invoice_id=UUID(int=1604))
    issued = next(each for each in recorded if hasattr(each, "invoice_no") and hasattr(each, "gross_c"))
    bill = purchase_id(SELLER_AS_SUPPLIER, issued.invoice_no)
    ledger.perform(approve_purchase, on=DAY, actor="ben", purchase_id=bill)
    pairs = {each.intercompany_id for each in recorded if hasattr(each, "intercompany_id")}

    # then it is one invoice on both sides, which reconcile to zero, each in its own numbers and books.
    assert (len(pairs), issued.invoice_no) == (1, "2026-F-000002")
    seller, buyer = stands(ledger), stands(ledger, BUYER)
    assert buyer == {"613": 1_000_00, "411": 210_00, "440": -1_210_00}
    assert seller == before | {
        "400": 1_210_00,
        "7001": -2_000_00,
        "451": -420_00,
        "6191": 20_00,
        "4895": -20_00,
    }
    assert tagged(ledger, "613") == {BUYING: 1_000_00}
    assert tagged(ledger, "6190") == {ACTIVITY: 200_00, None: -200_00}
    return ledger
