"""An assembly records what happened, and refuses only what would falsify a count."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.assembly import Assembly
from domain.errors import (
    AlreadyPresent,
    AssemblyAlreadyOpened,
    AssemblyNotOpen,
    AssemblyOver,
    ChainedProxy,
    InvalidAgenda,
    NoSuchProxy,
    NotOnTheAgenda,
    NotPresent,
    ProxyAlreadyGiven,
    TooManyProxies,
)
from domain.governance.presence import AttendanceMode, IrregularityKind, ProxyEnd
from domain.governance.provisions import Notice
from domain.governance.reckoning import QuorumReckoned, reckon_quorum
from domain.governance.rolls import RollEntry
from domain.governance.roots import root_of
from domain.governance.rules import Comparator, Denominator, Majority, Quorum
from domain.governance.tally import Tally, decide
from domain.ledger.members import membership_id
from tests.cooperative import ENTITY
from tests.scenario import ID, TODAY, Fact, Given, fact, stamp

MOTION, OTHER_MOTION, POLL, OTHER_POLL, ROLL, RULE = (UUID(int=n) for n in range(600, 606))
PEOPLE = [UUID(int=n) for n in range(101, 106)]
ANNA, BERT, CLEO, DIRK, ELLA = (membership_id(ENTITY, person) for person in PEOPLE)
NOTICE = TODAY - timedelta(days=15)
HALF = Quorum(1, 2)
TEXTS = ("a" * 64, "b" * 64)


def convened(notice_on: date = NOTICE) -> Fact:
    return fact(
        Assembly.Convened,
        entity_id=ENTITY,
        held_on=TODAY,
        notice_on=notice_on,
        agenda=(MOTION, OTHER_MOTION),
        texts=TEXTS,
        agenda_sha256=root_of([f"{MOTION} {TEXTS[0]}", f"{OTHER_MOTION} {TEXTS[1]}"]),
        place="Rue Haute 1",
        rule_set_id=None,
        record_on=None,
        convening_no=1,
        previous_id=None,
    )


OPENED = fact(Assembly.Opened, entity_id=ENTITY, roll_id=ROLL, entitled=5)
CLOSED = fact(Assembly.Closed, entity_id=ENTITY)


def proxy(principal_id: UUID, holder_id: UUID) -> Fact:
    given: dict[str, Any] = {"motions": (), "instructions_sha256": None}
    return fact(
        Assembly.ProxyGranted, entity_id=ENTITY, principal_id=principal_id, holder_id=holder_id, **given
    )


def ended(principal_id: UUID, holder_id: UUID, reason: ProxyEnd) -> Fact:
    names = {"principal_id": principal_id, "holder_id": holder_id}
    return fact(Assembly.ProxyRevoked, entity_id=ENTITY, **names, reason=reason)


def present(member_id: UUID) -> Fact:
    here: dict[str, Any] = {"mode": AttendanceMode.IN_PERSON, "late": False}
    return fact(Assembly.AttendanceRecorded, entity_id=ENTITY, member_id=member_id, **here)


def convening(notice_on: date, agenda: tuple[UUID, ...] = (MOTION, OTHER_MOTION)) -> Any:
    return lambda _: Assembly.convene(
        stamp(),
        id=ID,
        entity_id=ENTITY,
        held_on=TODAY,
        notice_on=notice_on,
        notice=Notice(15),
        agenda=agenda,
        texts=TEXTS[: len(agenda)],
        place="Rue Haute 1",
        rule_set_id=None,
        record_on=None,
        convening_no=1,
        previous_id=None,
    )


def granting(principal_id: UUID, holder_id: UUID, limit: int = 1) -> Any:
    return lambda assembly: assembly.grant_proxy(
        stamp(), principal_id=principal_id, holder_id=holder_id, limit=limit
    )


def attending(member_id: UUID) -> Any:
    return lambda assembly: assembly.record_attendance(stamp(), member_id=member_id)


def reckoned(there: int, entitled: int) -> QuorumReckoned:
    entries = [RollEntry(UUID(int=n), n, 1) for n in range(1, entitled + 1)]
    return reckon_quorum(HALF, entries, {each.member_id for each in entries[:there]}, None)


def figures(present: int, represented: int, entitled: int) -> dict[str, Any]:
    return {
        "rule_set_id": RULE,
        "rule_name": "ordinary",
        "rule_version": 1,
        "text_sha256": TEXTS[0],
        "present": present,
        "represented": represented,
        "in_advance": 0,
        "entitled": entitled,
        "reckoned": reckoned(present + represented, entitled),
    }


def quorum(present: int, represented: int, entitled: int, *, motion_id: UUID = MOTION) -> Any:
    return lambda assembly: assembly.establish_quorum(
        stamp(), motion_id=motion_id, poll_id=POLL, **figures(present, represented, entitled)
    )


# The aggregate


def test_a_notice_of_the_days_of_the_rule_is_regular() -> None:
    Given(Assembly).when(convening(NOTICE)).then(convened())


def test_a_short_notice_is_recorded_as_an_irregularity_and_not_refused() -> None:
    late = NOTICE + timedelta(days=1)
    Given(Assembly).when(convening(late)).then(
        convened(late),
        fact(
            Assembly.IrregularityRecorded,
            entity_id=ENTITY,
            kind=IrregularityKind.SHORT_NOTICE,
            found=14,
            required=15,
        ),
    )


@pytest.mark.parametrize("agenda", [(), (MOTION, MOTION)])
def test_an_agenda_names_each_motion_once(agenda: tuple[UUID, ...]) -> None:
    Given(Assembly).when(convening(NOTICE, agenda)).then_refused(InvalidAgenda)


def test_there_is_no_proxy_of_a_proxy_nor_to_oneself() -> None:
    given = (convened(), proxy(ANNA, BERT))
    Given(Assembly, *given).when(granting(BERT, CLEO)).then_refused(ChainedProxy)
    Given(Assembly, *given).when(granting(CLEO, ANNA)).then_refused(ChainedProxy)
    Given(Assembly, *given).when(granting(CLEO, CLEO)).then_refused(ChainedProxy)


def test_a_holder_holds_as_many_proxies_as_the_rule_allows() -> None:
    given = (convened(), proxy(ANNA, BERT))
    Given(Assembly, *given).when(granting(CLEO, BERT, limit=2)).then(proxy(CLEO, BERT))
    Given(Assembly, *given).when(granting(CLEO, BERT)).then_refused(TooManyProxies, limit=1)
    Given(Assembly, *given).when(granting(ANNA, CLEO)).then_refused(ProxyAlreadyGiven)


def test_a_withdrawn_proxy_counts_no_more_and_can_be_given_again() -> None:
    given = (convened(), proxy(ANNA, BERT))
    Given(Assembly, *given).when(lambda each: each.revoke_proxy(stamp(), principal_id=ANNA)).then(
        ended(ANNA, BERT, ProxyEnd.WITHDRAWN)
    )
    Given(Assembly, *given, ended(ANNA, BERT, ProxyEnd.WITHDRAWN)).when(granting(ANNA, CLEO)).then(
        proxy(ANNA, CLEO)
    )
    Given(Assembly, convened()).when(lambda each: each.revoke_proxy(stamp(), principal_id=ANNA)).then_refused(
        NoSuchProxy
    )


def test_presence_overrides_a_proxy() -> None:
    given = (convened(), proxy(ANNA, BERT), OPENED)
    Given(Assembly, *given).when(attending(ANNA)).then(present(ANNA), ended(ANNA, BERT, ProxyEnd.ATTENDED))
    Given(Assembly, *given, present(ANNA)).when(attending(ANNA)).then_refused(AlreadyPresent)
    Given(Assembly, convened(), OPENED, present(ANNA)).when(granting(ANNA, BERT)).then_refused(AlreadyPresent)


def test_only_a_proxy_whose_holder_is_present_represents() -> None:
    absent = Given(Assembly, convened(), proxy(ANNA, BERT), OPENED)
    assert absent.state.represented(MOTION) == frozenset()
    absent.when(lambda each: each.require_voice(MOTION, ANNA, BERT)).then_refused(NotPresent, holder_id=BERT)
    there = Given(Assembly, convened(), proxy(ANNA, BERT), OPENED, present(BERT))
    assert there.state.represented(MOTION) == {ANNA}
    there.when(lambda each: each.require_voice(MOTION, ANNA, BERT)).then_nothing()
    there.when(lambda each: each.require_voice(MOTION, ANNA, CLEO)).then_refused(NoSuchProxy)
    there.when(lambda each: each.require_voice(MOTION, ANNA, None)).then_refused(NotPresent, member_id=ANNA)


@pytest.mark.parametrize(
    ("there", "represented", "entitled", "reached"),
    [(2, 1, 6, True), (2, 1, 7, False), (3, 0, 6, True), (0, 0, 1, False), (4_900, 0, 10_000, False)],
)
def test_a_quorum_is_reached_by_those_present_or_represented_in_exact_fractions(
    there: int, represented: int, entitled: int, *, reached: bool
) -> None:
    says: dict[str, Any] = {
        "entity_id": ENTITY,
        "motion_id": MOTION,
        "num": 1,
        "den": 2,
        **figures(there, represented, entitled),
    }
    expected = (
        fact(Assembly.QuorumReached, poll_id=POLL, **says)
        if reached
        else fact(Assembly.QuorumNotReached, **says)
    )
    Given(Assembly, convened(), OPENED).when(quorum(there, represented, entitled)).then(expected)


def test_only_what_is_on_the_agenda_is_decided() -> None:
    Given(Assembly, convened(), OPENED).when(quorum(5, 0, 5, motion_id=UUID(int=9))).then_refused(
        NotOnTheAgenda
    )


def test_an_assembly_opens_once_and_ends_once() -> None:
    opening: Any = lambda each: each.open(stamp(), roll_id=ROLL, entitled=5, limit=1, on_roll=())  # noqa: E731 - as the others
    closing: Any = lambda each: each.close(stamp())  # noqa: E731 - as the others
    Given(Assembly, convened()).when(opening).then(OPENED)
    Given(Assembly, convened(), OPENED).when(opening).then_refused(AssemblyAlreadyOpened)
    Given(Assembly, convened(), OPENED).when(closing).then(CLOSED)
    Given(Assembly, convened()).when(closing).then_refused(AssemblyNotOpen)
    over = Given(Assembly, convened(), OPENED, CLOSED)
    over.when(closing).then_refused(AssemblyNotOpen)
    over.when(attending(ANNA)).then_refused(AssemblyNotOpen)
    over.when(granting(ANNA, BERT)).then_refused(AssemblyOver)


def test_who_is_present_and_does_not_vote_takes_part_in_the_quorum() -> None:
    majority = Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED)
    tally = Tally(yes=1, no=0, abstain=0, blank=0)
    outside = decide(tally, entitled=5, quorum=HALF, majority=majority)
    inside = decide(tally, entitled=5, quorum=HALF, majority=majority, present=3)
    assert (outside.took_part, outside.quorum_met, outside.adopted) == (1, False, False)
    assert (inside.took_part, inside.quorum_met, inside.adopted) == (3, True, True)
