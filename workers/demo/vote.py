"""The vote of the demo: a motion, its roll, every member's vote, one changed mind, the count."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.ledger import governance

if TYPE_CHECKING:
    from workers.demo.clerk import Clerk
    from workers.demo.founding import Cooperative

RULE = "ordinary-resolution"
TITLE = "A fund for shared tools"
TEXT = "The cooperative sets aside 1,500.00 a year for tools that its activities lend to one another."


def hold_vote(clerk: Clerk, coop: Cooperative, *, opened_on: date, closed_on: date) -> None:
    """Put one motion to the vote of all members, from rule to verdict."""
    from api.counting import ballots_of

    motion_id, roll_id, poll_id = clerk.new_id(), clerk.new_id(), clerk.new_id()
    _prepare(clerk, coop, motion_id, roll_id, poll_id, opened_on)
    voters = [member for member in coop.membership_ids if clerk.chance.random() < 0.9]  # noqa: PLR2004 - nine in ten
    choices = {member: _choice(clerk) for member in voters}
    for member, choice in choices.items():
        _cast(clerk, poll_id, member, choice, opened_on)
    doubter = clerk.chance.choice(voters)
    _cast(
        clerk, poll_id, doubter, Choice.ABSTAIN if choices[doubter] is Choice.YES else Choice.YES, closed_on
    )
    clerk.ask("poll.close", governance.close_poll, on=closed_on, poll_id=poll_id)
    ballots = ballots_of(clerk.workshop.log, poll_id)
    clerk.ask("poll.count", governance.count_poll, on=closed_on, poll_id=poll_id, ballots=ballots)


def _prepare(
    clerk: Clerk, coop: Cooperative, motion_id: UUID, roll_id: UUID, poll_id: UUID, on: date
) -> None:
    clerk.ask(
        "rule-set.adopt",
        governance.adopt_rule_set,
        on=on,
        entity_id=coop.entity_id,
        name=RULE,
        version=1,
        valid_from=on,
        quorum=Quorum(1, 2),
        majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
        source_ref="articles of association, art. 21 (fictional)",
    )
    clerk.ask(
        "motion.table",
        governance.table_motion,
        on=on,
        motion_id=motion_id,
        entity_id=coop.entity_id,
        title=TITLE,
        text=TEXT,
    )
    clerk.ask("roll.freeze", governance.freeze_roll, on=on, roll_id=roll_id, entity_id=coop.entity_id)
    clerk.ask(
        "poll.open",
        governance.open_poll,
        on=on,
        poll_id=poll_id,
        motion_id=motion_id,
        roll_id=roll_id,
        rule_name=RULE,
        rule_version=1,
    )


def _cast(clerk: Clerk, poll_id: UUID, member_id: UUID, choice: Choice, on: date) -> None:
    clerk.ask("vote.cast", governance.cast_vote, on=on, poll_id=poll_id, member_id=member_id, choice=choice)


def _choice(clerk: Clerk) -> Choice:
    return clerk.chance.choices((Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.BLANK), (12, 4, 2, 1))[0]
