"""Where a rule about members, shares, years and dated decisions begins and ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import DeemedCause, Membership
from domain.aggregates.share_register import ShareRegister
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.errors import (
    AccountsApprovedAlready,
    AmountNotPositive,
    EarlierResultOpen,
    EmptyText,
    ExceedsWithdrawal,
    InvalidDay,
    NotAMember,
    NotRetroactive,
    ObservationsAwaited,
    Refusal,
    UnknownPostingRules,
    UnknownRecord,
    YearTooLong,
)
from domain.ledger.disputes import block_amount, open_dispute, settle_dispute
from domain.ledger.entities import adopt_posting_rules, register_entity, register_id, set_parameter
from domain.ledger.exclusions import (
    drop_exclusion,
    exclude_member,
    hold_hearing,
    propose_exclusion,
    receive_observations,
)
from domain.ledger.governance import table_motion
from domain.ledger.members import (
    apply_for_membership,
    deem_resigned,
    membership_id,
    name_heirs_representative,
    record_death,
    resign,
)
from domain.ledger.merging import merge_memberships, undo_merge
from domain.ledger.presets import ACTIVITY_OVERDRAFT_C, EXCLUSION_BODY
from domain.ledger.shares import convert_shares, open_share_class, share_register_id, transfer_shares
from domain.ledger.withdrawals import (
    approve_net_asset,
    order_withdrawal_payment,
    record_distribution_tests,
)
from domain.ledger.years import open_year
from tests.cooperative import ENTITY, FOUNDED, MEMBER, OTHER_MEMBER, found
from tests.domain.departing import (
    ACCOUNT_A,
    HOLDS,
    JULY,
    MARCH,
    MEMBERS,
    REPORT,
    WITHDRAWAL,
    approves_accounts,
    cooperative,
    leaves,
    orders,
    takes,
    told,
)
from tests.paper import PaperLedger
from tests.scenario import Given, fact, stamp

DISPUTE, EXCLUSION, HEIR = UUID(int=1900), UUID(int=1901), UUID(int=1902)
TOO_EARLY = date(1899, 12, 31)
NO_ENTITY = UUID(int=1)

Ask = Callable[[PaperLedger], object]


@pytest.fixture
def ledger() -> PaperLedger:
    """Five members, of whom the first holds ten shares."""
    ledger = cooperative()
    takes(ledger, 0, 10)
    return ledger


# A decision, a reason or a proof is named.


def asks(use_case: Callable[..., object], **says: Any) -> Ask:
    return lambda ledger: ledger.perform(use_case, on=MARCH, **says)


NAMELESS: Sequence[Ask] = [
    asks(deem_resigned, membership_id=MEMBER, cause=DeemedCause.LOST_CONDITION, evidence_ref=" "),
    asks(record_death, membership_id=MEMBER, evidence_ref=" "),
    asks(merge_memberships, membership_id=OTHER_MEMBER, into_id=MEMBER, reason=" "),
    asks(propose_exclusion, exclusion_id=EXCLUSION, membership_id=MEMBER, reasons=" "),
    asks(open_dispute, dispute_id=DISPUTE, membership_id=MEMBER, about=" "),
    asks(open_year, entity_id=ENTITY, year=" ", first_on=date(2026, 1, 1), last_on=date(2026, 12, 31)),
    asks(register_entity, code=" ", name="A", enterprise_no="0123456749", country="BE"),
    asks(register_entity, code="A", name=" ", enterprise_no="0123456749", country="BE"),
    asks(
        approve_net_asset,
        entity_id=ENTITY,
        share_class="A",
        closing_on=date(2025, 12, 31),
        net_asset_per_share_c=1,
        accounts_ref=" ",
        decision_ref="assembly",
    ),
    asks(record_distribution_tests, entity_id=ENTITY, report_sha256=" ", **HOLDS),
    asks(
        transfer_shares,
        transfer_id=UUID(int=1),
        from_account_id=ACCOUNT_A,
        to_membership_id=OTHER_MEMBER,
        qty=1,
        decision_ref=" ",
    ),
]


@pytest.mark.parametrize("ask", NAMELESS)
def test_what_rests_on_a_text_is_refused_without_it(ledger: PaperLedger, ask: Ask) -> None:
    with pytest.raises(EmptyText):
        ask(ledger)


def test_a_merge_is_undone_for_a_reason_and_heirs_are_represented_by_a_proof(ledger: PaperLedger) -> None:
    ledger.perform(merge_memberships, membership_id=OTHER_MEMBER, into_id=MEMBER, reason="The same person")
    with pytest.raises(EmptyText):
        ledger.perform(undo_merge, membership_id=OTHER_MEMBER, reason=" ")
    ledger.perform(record_death, on=MARCH, membership_id=MEMBERS[2], evidence_ref="certificate")
    heirs: dict[str, Any] = {"membership_id": MEMBERS[2], "representative_id": HEIR}
    for representative, evidence_ref in (("", "deed"), ("Heir", " ")):
        with pytest.raises(EmptyText):
            ledger.perform(
                name_heirs_representative, representative=representative, evidence_ref=evidence_ref, **heirs
            )


def test_an_exclusion_is_answered_dropped_and_settled_in_words(ledger: PaperLedger) -> None:
    board: dict[str, Any] = {"value": "board", "valid_from": FOUNDED, "source_ref": "statutes art. 9"}
    ledger.perform(set_parameter, on=FOUNDED, entity_id=ENTITY, name=EXCLUSION_BODY, **board)
    proposed: dict[str, Any] = {"exclusion_id": EXCLUSION, "membership_id": MEMBER}
    ledger.perform(propose_exclusion, on=MARCH, reasons="absent", **proposed)
    for use_case, says in (
        (receive_observations, {"observations": " ", "hearing_asked": False}),
        (drop_exclusion, {"reason": " "}),
        (exclude_member, {"decision_ref": " ", "motivation": "absent"}),
        (exclude_member, {"decision_ref": "board 9", "motivation": " "}),
    ):
        with pytest.raises(EmptyText):
            ledger.perform(use_case, on=date(2026, 4, 20), exclusion_id=EXCLUSION, **says)


def test_who_was_heard_has_answered_and_leaves_on_the_day_of_the_decision(ledger: PaperLedger) -> None:
    board: dict[str, Any] = {"value": "board", "valid_from": FOUNDED, "source_ref": "statutes art. 9"}
    ledger.perform(set_parameter, on=FOUNDED, entity_id=ENTITY, name=EXCLUSION_BODY, **board)
    proposed: dict[str, Any] = {"exclusion_id": EXCLUSION, "membership_id": MEMBER}
    ledger.perform(propose_exclusion, on=MARCH, reasons="absent", **proposed)
    decided: dict[str, Any] = {"exclusion_id": EXCLUSION, "decision_ref": "board 9", "motivation": "absent"}
    day = date(2026, 3, 20)
    with pytest.raises(ObservationsAwaited):
        ledger.perform(exclude_member, on=day, **decided)
    ledger.perform(hold_hearing, on=day, exclusion_id=EXCLUSION, minutes_sha256=REPORT)
    ledger.perform(exclude_member, on=day, **decided)
    assert ledger.get(Membership, MEMBER).leaves_on == day


# Who left is no member any more.


def died(ledger: PaperLedger) -> list[Any]:
    return ledger.perform(record_death, on=MARCH, membership_id=MEMBER, evidence_ref="certificate")


def deemed(ledger: PaperLedger) -> list[Any]:
    says: dict[str, Any] = {"cause": DeemedCause.LOST_CONDITION, "evidence_ref": "judgment"}
    return ledger.perform(deem_resigned, on=MARCH, membership_id=MEMBER, **says)


@pytest.mark.parametrize("gone", [died, deemed, leaves])
def test_whoever_left_is_off_the_register_on_that_day_and_does_nothing_more(
    ledger: PaperLedger, gone: Callable[[PaperLedger], list[Any]]
) -> None:
    approves_accounts(ledger)
    gone(ledger)
    left = ledger.get(Membership, MEMBER)
    assert left.leaves_on == (date(2026, 6, 30) if gone is leaves else MARCH)
    assert MEMBER not in ledger.get(MemberRegister, register_id(ENTITY)).members
    moved: dict[str, Any] = {"qty": 1, "decision_ref": "board"}
    for use_case, says in (
        (
            transfer_shares,
            {"transfer_id": HEIR, "from_account_id": ACCOUNT_A, "to_membership_id": MEMBERS[2]},
        ),
        (convert_shares, {"account_id": ACCOUNT_A, "into_class": "B", "into_qty": 1}),
    ):
        with pytest.raises(Refusal):
            ledger.perform(use_case, on=JULY, **moved, **says)
    for again in (died, deemed):
        with pytest.raises(NotAMember):
            again(ledger)
    with pytest.raises(NotAMember):
        ledger.perform(propose_exclusion, exclusion_id=EXCLUSION, membership_id=MEMBER, reasons="absent")


def test_an_applicant_resigns_from_nothing(ledger: PaperLedger) -> None:
    says: dict[str, Any] = {"category": "worker", "name": "New", "address": "", "email": ""}
    ledger.perform(apply_for_membership, entity_id=ENTITY, person_id=HEIR, **says)
    applicant = membership_id(ENTITY, HEIR)
    with pytest.raises(NotAMember):
        ledger.perform(resign, on=MARCH, membership_id=applicant, received_on=MARCH)


# What is blocked, and what waits.


def test_a_dispute_blocks_up_to_all_that_is_open_and_not_blocked_yet(ledger: PaperLedger) -> None:
    approves_accounts(ledger)
    leaves(ledger)
    for n in range(2):
        says: dict[str, Any] = {"dispute_id": UUID(int=1910 + n), "membership_id": MEMBER}
        ledger.perform(open_dispute, about="a tool", **says)
    blocked: dict[str, Any] = {"withdrawal_id": WITHDRAWAL}
    with pytest.raises(AmountNotPositive):
        ledger.perform(block_amount, dispute_id=UUID(int=1910), amount_c=0, **blocked)
    ledger.copy().perform(block_amount, dispute_id=UUID(int=1910), amount_c=2_400_00, **blocked)
    ledger.perform(block_amount, dispute_id=UUID(int=1910), amount_c=2_000_00, **blocked)
    with pytest.raises(ExceedsWithdrawal):
        ledger.perform(block_amount, dispute_id=UUID(int=1911), amount_c=400_01, **blocked)
    ledger.perform(block_amount, dispute_id=UUID(int=1911), amount_c=400_00, **blocked)
    with pytest.raises(EmptyText):
        ledger.perform(settle_dispute, dispute_id=UUID(int=1910), outcome=" ")
    ledger.perform(settle_dispute, dispute_id=UUID(int=1910), outcome="returned")
    assert ledger.get(WithdrawalShare, WITHDRAWAL).blocked_c == 400_00
    with pytest.raises(EmptyText):
        ledger.perform(record_distribution_tests, on=JULY, entity_id=ENTITY, report_sha256="", **HOLDS)
    ledger.perform(record_distribution_tests, on=JULY, entity_id=ENTITY, report_sha256=REPORT, **HOLDS)
    nowhere: dict[str, Any] = {"order_id": HEIR, "amount_c": 1, "payee_iban": " "}
    with pytest.raises(EmptyText):
        ledger.perform(order_withdrawal_payment, on=JULY, **blocked, **nowhere)
    orders(ledger, 1)


# Days, and what there must be.


def test_accounts_of_one_day_may_be_approved_twice_and_never_of_one_before(ledger: PaperLedger) -> None:
    approves_accounts(ledger, on=MARCH)
    approves_accounts(ledger, on=MARCH)
    with pytest.raises(NotRetroactive):
        approves_accounts(ledger, on=date(2026, 3, 9))
    register = ledger.get(ShareRegister, share_register_id(ENTITY, "A"))
    with pytest.raises(EmptyText):
        register.approve_net_asset(
            stamp(on=MARCH),
            closing_on=MARCH,
            net_asset_per_share_c=1,
            accounts_ref="accounts",
            decision_ref=" ",
        )


def test_a_parameter_is_set_from_today_on_and_so_are_posting_rules_after_stopped_books() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    says: dict[str, Any] = {"entity_id": ENTITY, "name": ACTIVITY_OVERDRAFT_C, "source_ref": "board"}
    for value in ("1", "2"):
        ledger.perform(set_parameter, on=MARCH, value=value, valid_from=MARCH, **says)
    with pytest.raises(NotRetroactive):
        ledger.perform(set_parameter, on=MARCH, value="3", valid_from=date(2026, 3, 9), **says)
    for version, from_on, refusal in (
        (99, MARCH, UnknownPostingRules),
        (1, TOO_EARLY, InvalidDay),
    ):
        with pytest.raises(refusal):
            ledger.perform(adopt_posting_rules, entity_id=ENTITY, version=version, from_booked_on=from_on)
    ledger.perform(adopt_posting_rules, entity_id=ENTITY, version=1, from_booked_on=MARCH)
    assert ledger.get(LegalEntity, ENTITY).posting_rules[-1] == (MARCH, 1)


def test_books_that_are_approved_are_not_reopened_and_stopped_books_stay_stopped() -> None:
    registered = fact(
        LegalEntity.Registered,
        code="PILOT",
        ordinal=1,
        name="Pilot Cooperative",
        enterprise_no="0123456749",
        country="BE",
    )
    through = date(2026, 1, 31)
    stopped = fact(LegalEntity.BooksStopped, through_on=through)
    approved = fact(LegalEntity.YearApproved, through_on=through)
    Given(LegalEntity, registered, stopped).when(
        lambda entity: entity.stop_books(stamp(), through_on=through)
    ).then_nothing()
    given = Given(LegalEntity, registered, stopped, approved)
    given.when(lambda entity: entity.reopen_books(stamp(), from_on=through)).then_refused(
        AccountsApprovedAlready
    )
    given.when(lambda entity: entity.reopen_books(stamp(), from_on=date(2026, 2, 1))).then(
        fact(LegalEntity.BooksReopened, from_on=date(2026, 2, 1))
    )


def test_results_are_appropriated_from_the_first_year_on_and_without_a_gap() -> None:
    january, february = (date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 28))
    registered = fact(
        LegalEntity.Registered,
        code="PILOT",
        ordinal=1,
        name="Pilot Cooperative",
        enterprise_no="0123456749",
        country="BE",
    )
    begun = fact(LegalEntity.FiscalYearBegun, first_on=january[0], last_on=january[1])
    first, second = (
        fact(LegalEntity.YearAppropriated, through_on=each[1], added_c=5) for each in (january, february)
    )

    def of(year: tuple[date, date]) -> Callable[[LegalEntity], None]:
        return lambda entity: entity.appropriate_year(
            stamp(), first_on=year[0], through_on=year[1], added_c=5
        )

    Given(LegalEntity, registered, begun).when(of(february)).then_refused(EarlierResultOpen)
    Given(LegalEntity, registered, begun).when(of(january)).then(first)
    Given(LegalEntity, registered, begun, first).when(of(february)).then(second)


@pytest.mark.parametrize(
    ("first_on", "last_on", "refusal"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), None),
        (date(2026, 1, 1), date(2027, 12, 31), None),
        (date(2026, 1, 1), date(2028, 1, 31), YearTooLong),
        (date(2026, 2, 1), date(2026, 1, 31), YearTooLong),
        (TOO_EARLY, date(2026, 1, 31), InvalidDay),
        (date(2026, 1, 1), date(3000, 1, 31), InvalidDay),
    ],
)
def test_a_year_has_one_to_twenty_four_months(
    first_on: date, last_on: date, refusal: type[Refusal] | None
) -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    asked: dict[str, Any] = {"entity_id": ENTITY, "year": "one", "first_on": first_on, "last_on": last_on}
    if refusal is None:
        assert ledger.perform(open_year, **asked)
        return
    with pytest.raises(refusal):
        ledger.perform(open_year, **asked)


@pytest.mark.parametrize(
    ("use_case", "says"),
    [
        (open_share_class, {"share_class": "C", "unavailable": False, "statutes_ref": "art. 6"}),
        (record_distribution_tests, {"report_sha256": REPORT, **HOLDS}),
        (table_motion, {"motion_id": HEIR, "title": "A van", "text": "Buy one."}),
    ],
)
def test_of_an_entity_there_is_not_nothing_is_recorded(
    ledger: PaperLedger, use_case: Callable[..., object], says: dict[str, Any]
) -> None:
    with pytest.raises(UnknownRecord):
        ledger.perform(use_case, entity_id=NO_ENTITY, **says)


def test_members_are_numbered_from_the_next_one_whoever_left(ledger: PaperLedger) -> None:
    register = ledger.get(MemberRegister, register_id(ENTITY))
    assert (sorted(register.members.values()), register.last_no) == ([1, 2, 3, 4, 5], 5)
    entered = told(ledger.facts, MemberRegister.MemberEntered)
    assert (entered.membership_id, entered.member_no, entered.effective_on) == (MEMBER, 1, FOUNDED)
