"""What a roll is made of: members and shares folded from the facts, entries in pages, and corrections."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.electoral_roll import PAGE, WIDE_PAGE, ElectoralRoll
from domain.errors import EmptyRoll, EmptyText, NotOnTheRoll
from domain.governance.provisions import PLAIN, RollRule, Weight
from domain.governance.rolls import EntryReason, RollEntry
from domain.ledger.governance import freeze_roll, freeze_roll_for
from domain.ledger.members import apply_for_membership, let_resignation_take_effect, membership_id, resign
from domain.ledger.merging import merge_memberships, undo_merge
from domain.ledger.rolls import correct_roll
from domain.ledger.shares import convert_shares, share_account_id, transfer_shares
from tests.cooperative import ENTITY, join
from tests.domain.departing import ACCOUNT_A, JUNE, MARCH, MEMBERS, approves_accounts, cooperative, takes
from tests.domain.meeting import drawn, rules
from tests.paper import PaperLedger
from tests.scenario import TODAY, Given, fact, replayed, stamp

ROLL = UUID(int=950)
FIRST, SECOND, THIRD, *_ = MEMBERS
DRAWN = fact(ElectoralRoll.Drawn, entity_id=ENTITY, record_on=TODAY, position=40)


@pytest.fixture
def ledger() -> PaperLedger:
    """The first member holds four shares, the second three, the third two of another class."""
    ledger = cooperative()
    for nth, qty, share_class in ((0, 4, "A"), (1, 3, "A"), (2, 2, "B")):
        takes(ledger, nth, qty, share_class=share_class)
    return ledger


def shares(ledger: PaperLedger) -> dict[UUID, int]:
    return {member: qty for member, qty in drawn(ledger).shares.items() if qty}


# What is folded from the facts


def test_shares_are_counted_by_who_holds_them_over_all_classes(ledger: PaperLedger) -> None:
    assert shares(ledger) == {FIRST: 4, SECOND: 3, THIRD: 2}
    assert drawn(ledger).moves == 3, "the last number of the register"
    takes(ledger, 0, 1, share_class="B")
    assert shares(ledger)[FIRST] == 5


def test_shares_that_change_hands_or_class_count_for_who_holds_them_then(ledger: PaperLedger) -> None:
    fourth = MEMBERS[3]
    transfer: dict[str, Any] = {"from_account_id": ACCOUNT_A, "to_membership_id": fourth, "qty": 3}
    ledger.perform(transfer_shares, on=MARCH, transfer_id=UUID(int=951), decision_ref="board 5", **transfer)
    assert shares(ledger) == {FIRST: 1, SECOND: 3, THIRD: 2, fourth: 3}
    asked: dict[str, Any] = {"account_id": share_account_id(SECOND, "A"), "into_class": "B", "qty": 3}
    ledger.perform(convert_shares, on=MARCH, into_qty=6, decision_ref="assembly 5", **asked)
    assert shares(ledger) == {FIRST: 1, SECOND: 6, THIRD: 2, fourth: 3}


def test_who_left_is_no_member_and_holds_no_share(ledger: PaperLedger) -> None:
    ledger.perform(resign, on=MARCH, membership_id=FIRST, received_on=MARCH)
    assert shares(ledger)[FIRST] == 4
    approves_accounts(ledger)
    ledger.perform(let_resignation_take_effect, on=JUNE, membership_id=FIRST)
    now = drawn(ledger)
    assert FIRST not in now.members
    assert shares(ledger) == {SECOND: 3, THIRD: 2}


def test_shares_of_a_merged_membership_count_for_the_one_that_stands_for_it(ledger: PaperLedger) -> None:
    ledger.perform(merge_memberships, membership_id=FIRST, into_id=SECOND, reason="the same person")
    assert (shares(ledger), FIRST in drawn(ledger).members) == ({SECOND: 7, THIRD: 2}, False)
    ledger.perform(undo_merge, membership_id=FIRST, reason="another person")
    assert (shares(ledger), drawn(ledger).members[FIRST]) == ({FIRST: 4, SECOND: 3, THIRD: 2}, 1)


def test_a_roll_by_shares_weighs_each_member_by_them(ledger: PaperLedger) -> None:
    by_share = replace(PLAIN, roll=RollRule(Weight.SHARE))
    rules(ledger, by_share, name="by-share")
    asked: dict[str, Any] = {"roll_id": ROLL, "entity_id": ENTITY, "rule_name": "by-share"}
    ledger.perform(freeze_roll_for, **asked, rule_version=1, drawn=drawn(ledger))
    entries = ledger.get(ElectoralRoll, ROLL).entries
    assert [(each.member_no, each.votes, each.shares) for each in entries] == [
        (1, 4, 4),
        (2, 3, 3),
        (3, 2, 2),
        (4, 0, 0),
        (5, 0, 0),
    ]


# Pages and corrections


def entries(number: int, **last: Any) -> list[RollEntry]:
    plain = [RollEntry(UUID(int=1000 + n), n, 1) for n in range(1, number + 1)]
    return [*plain[:-1], replace(plain[-1], **last)]


def pages(on_it: list[RollEntry]) -> list[int]:
    roll = ElectoralRoll.freeze(stamp(), id=ROLL, entity_id=ENTITY, position=40, entries=on_it)
    return [len(each.entries) for each in roll.collect_events() if isinstance(each, ElectoralRoll.PageFrozen)]


@pytest.mark.parametrize(
    "unusual", [{"shares": 1}, {"college": "workers"}, {"reason": EntryReason.SUSPENDED}]
)
def test_a_page_holds_fewer_entries_if_any_says_more_than_a_number_and_votes(unusual: dict[str, Any]) -> None:
    assert pages(entries(PAGE)) == [PAGE]
    assert pages(entries(WIDE_PAGE + 1)) == [WIDE_PAGE + 1]
    assert pages(entries(WIDE_PAGE + 1, **unusual)) == [WIDE_PAGE, 1]


def frozen(*on_it: list[RollEntry]) -> list[Any]:
    """The facts of a roll of these pages."""
    said = [
        fact(ElectoralRoll.PageFrozen, entity_id=ENTITY, n=n, entries=tuple(each))
        for n, each in enumerate(on_it, start=1)
    ]
    count = sum(len(each) for each in on_it)
    closing = {"pages": len(on_it), "count": count, "votes": count, "root": "r" * 64}
    return [DRAWN, *said, fact(ElectoralRoll.Frozen, entity_id=ENTITY, **closing)]


ONE, OTHER = RollEntry(UUID(int=1001), 1, 1), RollEntry(UUID(int=1002), 2, 1)
ADDED = RollEntry(UUID(int=1003), 3, 1, reason=EntryReason.ERROR)


def corrected(*entries: RollEntry, history: list[Any]) -> Any:
    roll = replayed(ElectoralRoll, *history)
    for entry in entries:
        roll.correct(stamp(), entry=entry, evidence_ref="board 7")
    return roll


def test_a_corrected_entry_keeps_its_place_and_an_added_one_stands_last() -> None:
    history = frozen([ONE], [OTHER])
    suspended = replace(ONE, votes=0, reason=EntryReason.SUSPENDED)
    assert corrected(suspended, history=history).entries == (suspended, OTHER)
    roll = corrected(ADDED, history=history)
    assert roll.entries == (ONE, OTHER, ADDED)
    assert [len(page) for page in roll.pages] == [1, 2]


def test_who_is_suspended_is_on_the_roll_and_holds_no_vote() -> None:
    roll = corrected(replace(OTHER, votes=0, reason=EntryReason.SUSPENDED), history=frozen([ONE], [OTHER]))
    assert (roll.holds(ONE.member_id), roll.holds(OTHER.member_id), roll.holds(ADDED.member_id)) == (
        True,
        False,
        False,
    )
    with pytest.raises(NotOnTheRoll) as refused:
        roll.votes_of(OTHER.member_id)
    assert refused.value.facts["votes"] == 0


def test_a_roll_is_not_corrected_until_nobody_has_a_vote() -> None:
    history = frozen([ONE])
    Given(ElectoralRoll, *history).when(
        lambda roll: roll.correct(
            stamp(), entry=replace(ONE, votes=0, reason=EntryReason.ERROR), evidence_ref="board 7"
        )
    ).then_refused(EmptyRoll)


@pytest.mark.parametrize(
    ("entry", "evidence_ref", "field"),
    [(ONE, "board 7", "reason"), (ADDED, " ", "evidence_ref"), (ONE, " ", "reason")],
)
def test_a_correction_names_what_it_lacks(entry: RollEntry, evidence_ref: str, field: str) -> None:
    Given(ElectoralRoll, *frozen([ONE])).when(
        lambda roll: roll.correct(stamp(), entry=entry, evidence_ref=evidence_ref)
    ).then_refused(EmptyText, field=field)


def test_a_correction_changes_only_what_it_says(ledger: PaperLedger) -> None:
    rules(ledger, replace(PLAIN, roll=RollRule(Weight.SHARE)), name="by-share")
    asked: dict[str, Any] = {"roll_id": ROLL, "entity_id": ENTITY, "rule_name": "by-share"}
    ledger.perform(freeze_roll_for, **asked, rule_version=1, drawn=drawn(ledger))
    told: dict[str, Any] = {"roll_id": ROLL, "reason": EntryReason.ERROR, "evidence_ref": "board 7"}
    ledger.perform(correct_roll, **told, member_id=FIRST, votes=1)
    ledger.perform(correct_roll, **told, member_id=SECOND, votes=2, shares=9, college="makers")
    first, second, *_ = ledger.get(ElectoralRoll, ROLL).entries
    assert (first.votes, first.shares, first.college) == (1, 4, "")
    assert (second.votes, second.shares, second.college) == (2, 9, "makers")


def test_who_is_no_member_yet_is_added_to_a_roll_without_a_number(ledger: PaperLedger) -> None:
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    person = UUID(int=120)
    says: dict[str, Any] = {"category": "entrepreneur", "name": "Late", "address": "", "email": ""}
    ledger.perform(apply_for_membership, entity_id=ENTITY, person_id=person, **says)
    told: dict[str, Any] = {"roll_id": ROLL, "reason": EntryReason.ERROR, "evidence_ref": "board 7"}
    ledger.perform(correct_roll, **told, member_id=membership_id(ENTITY, person), votes=1)
    added = ledger.get(ElectoralRoll, ROLL).entries[-1]
    assert (added.member_no, added.votes, added.shares, added.college) == (0, 1, 0, "")


def test_a_plain_roll_says_of_each_member_a_number_and_one_vote(ledger: PaperLedger) -> None:
    join(ledger.perform, UUID(int=121))
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    entries = ledger.get(ElectoralRoll, ROLL).entries
    assert [(each.member_no, each.votes, each.shares, each.college) for each in entries] == [
        (number, 1, 0, "") for number in range(1, 7)
    ]
