"""House rules for a workshop: not signed by all, so dropped in writing; objected to, amended, agreed on in June."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain.governance.provisions import Method, Provisions
from domain.governance.rules import Comparator, Denominator, Majority, Quorum
from domain.ids import derived_id
from domain.ledger import governance, motions
from workers.demo.group.founding import ORDINARY
from workers.demo.group.house import Group, House
from workers.demo.relay.meeting import Meeting
from workers.demo.relay.year import day

HOUSE_RULES = "house-rules"
TITLE = "House rules of the shared workshop"
TEXT = "The workshop is open to all activities from 7 to 22 o'clock, the machines included."
QUIETER = "The workshop is open to all activities from 7 to 22 o'clock, the machines until 19 o'clock."
SIGN = 6
OBJECTIONS = {
    "quiet": (
        7,
        "Machines at night wake the neighbours.",
        "The motion was amended: no machines after 19 o'clock.",
    ),
    "keys": (4, "There are only five keys.", "Taken back: a lock with a code is ordered."),
}
"""Of each objection: the place of the member who raises it, why, and what met it."""


def plan_consent(group: Group, relay: House) -> None:
    """Note how the rules are proposed, refused and mended before the ordinary assembly."""
    agenda = group.agenda
    agenda.on(day(3, 10), partial(_propose, group, relay))
    agenda.on(day(3, 24), partial(_drop, group, relay))
    agenda.on(day(3, 26), partial(_object, group, relay))
    agenda.on(day(4, 2), partial(_amend, group, relay))


def house_rules(relay: House) -> UUID:
    """Return the motion."""
    return _named(relay, "motion")


def agree(meeting: Meeting, on: date) -> None:
    """Adopt the rules in an assembly, since nobody objects any more."""
    meeting.tell(
        "motion.adopt-by-consent",
        motions.adopt_by_consent,
        on=on,
        motion_id=house_rules(meeting.relay),
        rule_name=HOUSE_RULES,
        rule_version=1,
    )


def _named(relay: House, what: str) -> UUID:
    return derived_id("demo", relay.entity_id, HOUSE_RULES, what)


def _propose(group: Group, relay: House, on: date) -> None:
    """Send the rules to all members to sign; the first of them do."""
    clerk = group.clerk
    motion_id, roll_id, decision_id = (_named(relay, what) for what in ("motion", "roll", "decision"))
    of: dict[str, Any] = {"on": on, "entity_id": relay.entity_id}
    clerk.tell("motion.table", governance.table_motion, motion_id=motion_id, title=TITLE, text=TEXT, **of)
    clerk.tell("roll.freeze", governance.freeze_roll, roll_id=roll_id, **of)
    clerk.tell(
        "written-decision.propose",
        motions.propose_in_writing,
        on=on,
        written_decision_id=decision_id,
        motion_id=motion_id,
        roll_id=roll_id,
        rule_name=ORDINARY,
        rule_version=1,
    )
    for member in relay.members[:SIGN]:
        clerk.tell(
            "written-decision.sign",
            motions.sign_decision,
            on=on,
            written_decision_id=decision_id,
            member_id=member.membership_id,
            signed_on=on,
        )


def _drop(group: Group, relay: House, on: date) -> None:
    """Let it be: in writing it takes everyone, and one member will not sign."""
    group.clerk.tell(
        "written-decision.drop",
        motions.drop_decision,
        on=on,
        written_decision_id=_named(relay, "decision"),
        decision_ref="board, after a member refused to sign (fictional)",
    )


def _object(group: Group, relay: House, on: date) -> None:
    """Agree that house rules are a matter of consent, and hear who objects."""
    group.clerk.tell(
        "rule-set.adopt",
        governance.adopt_rule_set,
        on=on,
        entity_id=relay.entity_id,
        name=HOUSE_RULES,
        version=1,
        valid_from=on,
        quorum=Quorum(0, 1),
        majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
        source_ref="articles of association, art. 24 (fictional)",
        provisions=Provisions(method=Method.CONSENT),
    )
    for what, (n, reason, _) in OBJECTIONS.items():
        group.clerk.tell(
            "objection.raise",
            motions.raise_objection,
            on=on,
            motion_id=house_rules(relay),
            objection_id=_named(relay, what),
            member_id=relay.members[n].membership_id,
            reason=reason,
        )


def _amend(group: Group, relay: House, on: date) -> None:
    """Stop the machines earlier, which meets one objection; the other is taken back."""
    clerk, motion_id = group.clerk, house_rules(relay)
    clerk.tell(
        "motion.amend",
        motions.amend_motion,
        on=on,
        motion_id=motion_id,
        title=TITLE,
        text=QUIETER,
        decision_ref="members' evening of April (fictional)",
    )
    for what, (_, _, how) in OBJECTIONS.items():
        clerk.tell(
            "objection.resolve",
            motions.resolve_objection,
            on=on,
            motion_id=motion_id,
            objection_id=_named(relay, what),
            how=how,
        )
