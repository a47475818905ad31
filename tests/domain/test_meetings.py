"""An assembly as it is held: late, represented, remote, in advance, convened twice, and never miscounted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.assembly import Assembly
from domain.aggregates.convening_notice import Channel, ConveningNotice
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.membership import DeemedCause
from domain.aggregates.motion import Motion
from domain.errors import (
    ChainedProxy,
    EmptyText,
    NoSuchProxy,
    NotOnTheAgenda,
    NotOnTheRoll,
    NotPresent,
    RollInUse,
    RollNotOfTheRecordDate,
    RollOutdated,
    TooManyProxies,
    WaivedAlready,
)
from domain.governance.presence import AttendanceMode, IrregularityKind, Proxy, ProxyFault, faulty
from domain.governance.provisions import (
    College,
    Colleges,
    DayCount,
    Notice,
    Proxies,
    RollBasis,
    RollRule,
    Weight,
)
from domain.governance.rolls import EntryReason
from domain.governance.rules import Basis, Choice, Quorum
from domain.ledger import assemblies, notices
from domain.ledger.assemblies import record_roll_id
from domain.ledger.governance import freeze_roll, freeze_roll_for
from domain.ledger.members import deem_resigned
from domain.ledger.rolls import correct_roll
from tests.cooperative import ENTITY, join
from tests.domain import meeting
from tests.domain.meeting import (
    ANNA,
    BERT,
    CLEO,
    DIRK,
    ELLA,
    FIRST,
    MOTION,
    OTHER_MOTION,
    OTHER_POLL,
    ROLL,
    attends,
    convenes,
    drawn,
    gives,
    join_member,
    last,
    leaves,
    opens,
    puts,
    rules,
    votes,
    with_provisions,
)
from tests.paper import PaperLedger
from tests.scenario import TODAY

YES, NO = Choice.YES, Choice.NO
SHA256 = "cd" * 32


@pytest.fixture
def ledger() -> PaperLedger:
    """Five members, a rule that asks for half of the votes, and an assembly convened under it."""
    ledger = meeting.founded()
    rules(ledger)
    return ledger


# Notice


@pytest.mark.parametrize(
    ("counting", "found"), [(DayCount.BETWEEN, 14), (DayCount.AFTER_SENDING, None), (DayCount.BOTH, None)]
)
def test_a_notice_is_measured_as_the_rule_counts_its_days(
    ledger: PaperLedger, counting: DayCount, found: int | None
) -> None:
    rules(ledger, with_provisions(notice=Notice(15, counting)), name="counted")
    convenes(ledger, rule_name="counted", rule_version=1)
    short = [each.found for each in ledger.facts if isinstance(each, Assembly.IrregularityRecorded)]
    assert short == ([] if found is None else [found])


def test_a_notice_is_recorded_by_channel_and_day_for_each_member_in_pages(ledger: PaperLedger) -> None:
    convenes(ledger)
    everyone = [UUID(int=n) for n in range(9_000, 9_501)]
    sent: dict[str, Any] = {"assembly_id": FIRST, "channel": Channel.POST, "sent_on": meeting.NOTICE}
    ledger.perform(notices.send_notice, **sent, member_ids=everyone)
    pages = [len(each.member_ids) for each in ledger.facts if isinstance(each, ConveningNotice.Sent)]
    assert pages == [500, 1]
    agenda = last(ledger, Assembly.Convened).agenda_sha256
    assert last(ledger, ConveningNotice.Opened).agenda_sha256 == agenda
    with pytest.raises(EmptyText):
        ledger.perform(notices.send_notice, **sent, member_ids=[])


def test_a_notice_is_waived_once_by_a_member_and_what_went_wrong_is_a_fact(ledger: PaperLedger) -> None:
    convenes(ledger)
    ledger.perform(notices.waive_notice, assembly_id=FIRST, member_id=ANNA)
    with pytest.raises(WaivedAlready):
        ledger.perform(notices.waive_notice, assembly_id=FIRST, member_id=ANNA)
    with pytest.raises(NotOnTheRoll):
        ledger.perform(notices.waive_notice, assembly_id=FIRST, member_id=UUID(int=9))
    told: dict[str, Any] = {"assembly_id": FIRST, "kind": IrregularityKind.DISPUTED_PROXY}
    ledger.perform(notices.report_irregularity, **told, what="Two members hold it.", evidence_sha256=SHA256)
    assert last(ledger, ConveningNotice.IrregularityReported).evidence_sha256 == SHA256
    with pytest.raises(EmptyText):
        ledger.perform(notices.report_irregularity, **told, what=" ")


# The roll


def test_a_roll_by_shares_is_made_of_the_facts_about_members_and_shares(ledger: PaperLedger) -> None:
    rules(ledger, with_provisions(roll=RollRule(Weight.SHARE)), name="by-share")
    convenes(ledger, rule_name="by-share", rule_version=1)
    with pytest.raises(RollOutdated):
        opens(ledger)
    stale = drawn(ledger)
    join(ledger.perform, UUID(int=106))
    with pytest.raises(RollOutdated):
        opens(ledger, drawn=stale)
    with pytest.raises(Exception, match="no effective member"):
        opens(ledger, drawn=drawn(ledger))


def test_a_member_belongs_to_the_college_of_their_category(ledger: PaperLedger) -> None:
    split = Colleges((College("makers", 1, 2, ("entrepreneur",)), College("others", 1, 2)))
    rules(ledger, with_provisions(colleges=split), name="by-college")
    asked: dict[str, Any] = {
        "roll_id": ROLL,
        "entity_id": ENTITY,
        "rule_name": "by-college",
        "rule_version": 1,
    }
    ledger.perform(freeze_roll_for, **asked, drawn=drawn(ledger))
    assert {each.college for each in ledger.get(ElectoralRoll, ROLL).entries} == {"makers"}


def test_a_roll_of_a_record_date_is_frozen_then_and_who_joins_later_is_not_on_it(ledger: PaperLedger) -> None:
    days_before = RollRule(basis=RollBasis.RECORD_DATE, days_before=3)
    rules(ledger, with_provisions(roll=days_before), name="dated")
    held_on = TODAY + timedelta(days=20)
    convenes(ledger, rule_name="dated", rule_version=1, held_on=held_on)
    record_on = held_on - timedelta(days=3)
    assert last(ledger, Assembly.Convened).record_on == record_on
    before = drawn(ledger)
    freezing: dict[str, Any] = {"use_case": assemblies.freeze_record_roll, "assembly_id": FIRST}
    with pytest.raises(RollNotOfTheRecordDate):
        ledger.perform(**freezing, on=record_on - timedelta(days=1), drawn=before)
    with pytest.raises(RollNotOfTheRecordDate):
        ledger.perform(assemblies.open_assembly, on=held_on, assembly_id=FIRST, roll_id=ROLL)
    join(ledger.perform, UUID(int=106))
    ledger.perform(**freezing, on=record_on + timedelta(days=1), drawn=before)
    roll = ledger.get(ElectoralRoll, record_roll_id(FIRST))
    assert len(roll.entries) == 5
    assert last(ledger, ElectoralRoll.Drawn).record_on == record_on
    ledger.perform(assemblies.open_assembly, on=held_on, assembly_id=FIRST, roll_id=ROLL)
    assert last(ledger, Assembly.Opened).roll_id == record_roll_id(FIRST)


def test_an_assembly_without_a_record_date_has_no_roll_of_one(ledger: PaperLedger) -> None:
    convenes(ledger)
    with pytest.raises(RollNotOfTheRecordDate):
        ledger.perform(assemblies.freeze_record_roll, assembly_id=FIRST)


def test_an_entry_is_corrected_before_the_first_poll_with_reason_and_evidence(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA, BERT, CLEO)
    wrong: dict[str, Any] = {"roll_id": ROLL, "evidence_ref": "board 7", "member_id": ELLA, "votes": 0}
    ledger.perform(correct_roll, **wrong, reason=EntryReason.SUSPENDED)
    corrected = last(ledger, ElectoralRoll.EntryCorrected)
    assert (corrected.count, corrected.votes, corrected.entry.member_no) == (5, 4, 5)
    for wanting in ({"evidence_ref": " "}, {"reason": EntryReason.NONE}):
        with pytest.raises(EmptyText):
            ledger.perform(correct_roll, **{**wrong, "reason": EntryReason.SUSPENDED, **wanting})
    with pytest.raises(NotOnTheRoll):
        gives(ledger, ELLA, ANNA)
    puts(ledger)
    assert last(ledger, Assembly.QuorumReached).entitled == 4
    with pytest.raises(RollInUse):
        ledger.perform(correct_roll, **wrong, reason=EntryReason.ERROR)


def test_a_member_who_was_left_off_the_roll_is_added_by_a_correction(ledger: PaperLedger) -> None:
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    late = join_member(ledger, 106)
    asked: dict[str, Any] = {"roll_id": ROLL, "member_id": late, "votes": 1, "shares": 2, "college": "makers"}
    ledger.perform(correct_roll, **asked, reason=EntryReason.ERROR, evidence_ref="register, entry 6")
    roll = ledger.get(ElectoralRoll, ROLL)
    assert (roll.votes_of(late), roll.require_entitled(), len(roll.entries)) == (1, 6, 6)


# Proxies


def test_a_proxy_for_one_motion_counts_for_no_other(ledger: PaperLedger) -> None:
    convenes(ledger)
    gives(ledger, CLEO, ANNA, MOTION)
    opens(ledger, ANNA, BERT)
    puts(ledger)
    assert last(ledger, Assembly.QuorumReached).represented == 1
    votes(ledger, CLEO, YES, ANNA)
    puts(ledger, OTHER_MOTION, OTHER_POLL)
    assert last(ledger, Assembly.QuorumNotReached).represented == 0
    with pytest.raises(NotOnTheAgenda):
        gives(ledger, DIRK, BERT, UUID(int=9))


def test_the_limit_of_proxies_follows_the_members_at_the_grant_and_again_at_the_opening(
    ledger: PaperLedger,
) -> None:
    halves = Proxies(most=1, from_members=4, one_in=2)
    rules(ledger, with_provisions(proxies=halves), name="halves")
    convenes(ledger, rule_name="halves", rule_version=1)
    for principal in (BERT, CLEO):
        gives(ledger, principal, ANNA)
    with pytest.raises(TooManyProxies):
        gives(ledger, DIRK, ANNA)
    members = drawn(ledger)
    opening: dict[str, Any] = {"drawn": members}
    opens(ledger, **opening)
    assert not [each for each in ledger.facts if isinstance(each, Assembly.ProxyRefused)]


def test_at_the_opening_proxies_over_the_limit_or_off_the_roll_are_refused_by_their_fault() -> None:
    given = {BERT: Proxy(ANNA), CLEO: Proxy(ANNA), DIRK: Proxy(ELLA)}
    assert faulty(given, limit=1, on_roll={ANNA, BERT, CLEO, DIRK}) == (
        (CLEO, ANNA, ProxyFault.OVER_THE_LIMIT),
        (DIRK, ELLA, ProxyFault.NOT_ON_THE_ROLL),
    )


def test_a_proxy_of_who_has_left_the_roll_by_the_opening_does_not_count(ledger: PaperLedger) -> None:
    convenes(ledger)
    gives(ledger, CLEO, ANNA)
    gone: dict[str, Any] = {"membership_id": CLEO, "cause": DeemedCause.BANKRUPTCY, "evidence_ref": "court 3"}
    ledger.perform(deem_resigned, **gone)
    opens(ledger, ANNA, BERT)
    assert last(ledger, Assembly.ProxyRefused).fault is ProxyFault.NOT_ON_THE_ROLL
    puts(ledger)
    assert last(ledger, Assembly.QuorumReached).represented == 0


# Presence


def test_a_member_can_be_present_remotely_or_late_leave_and_come_back(ledger: PaperLedger) -> None:
    convenes(ledger)
    opens(ledger, ANNA, BERT)
    attends(ledger, CLEO, mode=AttendanceMode.REMOTE)
    leaves(ledger, CLEO)
    with pytest.raises(NotPresent):
        leaves(ledger, CLEO)
    puts(ledger)
    assert last(ledger, Assembly.QuorumNotReached).present == 2
    attends(ledger, CLEO)
    assert last(ledger, Assembly.AttendanceRecorded).late
    puts(ledger)
    assert last(ledger, Assembly.QuorumReached).present == 3
    leaves(ledger, BERT)
    with pytest.raises(NotPresent):
        votes(ledger, BERT, YES)


def test_when_a_holder_leaves_whom_they_represent_is_there_no_longer(ledger: PaperLedger) -> None:
    convenes(ledger)
    gives(ledger, CLEO, BERT)
    opens(ledger, ANNA, BERT)
    leaves(ledger, BERT)
    puts(ledger)
    missed = last(ledger, Assembly.QuorumNotReached)
    assert (missed.present, missed.represented) == (1, 0)
    with pytest.raises(ChainedProxy):
        gives(ledger, BERT, ANNA)


def test_the_quorum_is_that_of_each_motion_with_its_rule_and_arithmetic(ledger: PaperLedger) -> None:
    rules(ledger, name="heads", quorum=Quorum(3, 5, Basis.HEADS))
    convenes(ledger)
    opens(ledger, ANNA, BERT)
    puts(ledger, rule="heads")
    missed = last(ledger, Assembly.QuorumNotReached)
    assert (missed.rule_name, missed.rule_version, missed.text_sha256) == (
        "heads",
        1,
        ledger.get(Motion, MOTION).text_sha256,
    )
    assert (missed.reckoned.basis, missed.reckoned.took_part.num, missed.reckoned.entitled.num) == (
        Basis.HEADS,
        2,
        5,
    )


def test_a_proxy_is_withdrawn_only_where_there_is_one(ledger: PaperLedger) -> None:
    convenes(ledger)
    with pytest.raises(NoSuchProxy):
        ledger.perform(assemblies.revoke_proxy, assembly_id=FIRST, principal_id=ANNA)
