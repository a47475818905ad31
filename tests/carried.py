"""A motion that the members adopted, for what they decide elsewhere: signed in writing by all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.governance.rules import Comparator, Denominator, Majority, Quorum
from domain.ledger import governance, motions
from tests.cooperative import ENTITY

LONG_AGO = date(2025, 1, 1)


def adopted(
    perform: Callable[..., object],
    members: Sequence[UUID],
    *,
    n: int = 1,
    entity_id: UUID = ENTITY,
    **says: Any,
) -> UUID:
    """Let all effective members of the entity sign a motion, and return its id; another one for each `n`."""
    motion_id, roll_id, decision_id = (UUID(int=0x9000 + 16 * n + part) for part in range(3))
    rule: dict[str, Any] = {"rule_name": f"in-writing-{n}", "rule_version": 1}
    perform(
        governance.adopt_rule_set,
        entity_id=entity_id,
        name=rule["rule_name"],
        version=1,
        valid_from=LONG_AGO,
        quorum=Quorum(1, 1),
        majority=Majority(1, 1, Comparator.AT_LEAST, Denominator.ENTITLED),
        source_ref="statutes art. 22",
        **says,
    )
    text = {"title": f"Decision {n}", "text": "The members decide."}
    perform(governance.table_motion, motion_id=motion_id, entity_id=entity_id, **text, **says)
    perform(governance.freeze_roll, roll_id=roll_id, entity_id=entity_id, **says)
    asked: dict[str, Any] = {"written_decision_id": decision_id, "motion_id": motion_id}
    perform(motions.propose_in_writing, **asked, roll_id=roll_id, **rule, **says)
    for member_id in members:
        signed: dict[str, Any] = {"written_decision_id": decision_id, "member_id": member_id}
        perform(motions.sign_decision, **signed, signed_on=LONG_AGO, **says)
    return motion_id
