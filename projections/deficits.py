"""Deficits: what each activity lacked at its end, who owes it, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.aggregates.deficit import Deficit, Settling
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

OWED = Table(
    "deficit",
    (
        """
        CREATE TABLE deficit (
            deficit_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            membership_id uuid NOT NULL,
            recognised_on date NOT NULL,
            recognised_by text NOT NULL,
            decision_ref text NOT NULL,
            amount_c bigint NOT NULL,
            open_c bigint NOT NULL,
            lost_c bigint NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM deficit ORDER BY deficit_id",
)
STEPS = Table(
    "deficit_step",
    (
        """
        CREATE TABLE deficit_step (
            deficit_id uuid,
            position bigint,
            happened_on date NOT NULL,
            step text NOT NULL,
            amount_c bigint NOT NULL,
            document text NOT NULL,
            done_by text NOT NULL,
            PRIMARY KEY (deficit_id, position)
        )
        """,
    ),
    "SELECT * FROM deficit_step ORDER BY deficit_id, position",
)

_ADD = """
    COPY deficit (
        deficit_id, entity_id, activity_id, membership_id, recognised_on, recognised_by, decision_ref,
        amount_c, open_c, lost_c, position
    ) FROM STDIN
"""
_ADD_STEP = """
    COPY deficit_step (deficit_id, position, happened_on, step, amount_c, document, done_by) FROM STDIN
"""
_OWE_LESS = """
    UPDATE deficit SET open_c = open_c - less.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS less (id, amount_c) WHERE deficit_id = less.id
"""
_LOSE = """
    UPDATE deficit SET lost_c = lost_c + more.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS more (id, amount_c) WHERE deficit_id = more.id
"""


class DeficitsPage(Page):
    """Takes deficits in, what was agreed, and what paid, covered or ended them."""

    @on(Deficit.Recognised)
    def _recognised(self, position: int, event: Deficit.Recognised) -> None:
        whose = (event.entity_id, event.activity_id, event.membership_id)
        said = (event.effective_on, event.actor, event.decision_ref, event.amount_c, event.amount_c, 0)
        self.add(_ADD, event.originator_id, *whose, *said, position)

    @on(Deficit.ConsentRecorded)
    def _agreed(self, position: int, event: Deficit.ConsentRecorded) -> None:
        said = (event.effective_on, "consent", event.amount_c, event.evidence_sha256, event.actor)
        self.add(_ADD_STEP, event.originator_id, position, *said)

    @on(Deficit.RepaymentReceived)
    def _repaid(self, position: int, event: Deficit.RepaymentReceived) -> None:
        self._settle(position, event, "repayment", str(event.line_id))

    @on(Deficit.RepaymentReversed)
    def _repaid_no_more(self, position: int, event: Deficit.RepaymentReversed) -> None:
        """It is below zero, as what is owed less by it is."""
        self._settle(position, event, "repayment-reversal", str(event.line_id))

    @on(Deficit.SetOffAgainstShare)
    def _set_off_share(self, position: int, event: Deficit.SetOffAgainstShare) -> None:
        self._settle(position, event, "share-set-off", str(event.withdrawal_id))

    @on(Deficit.SetOffAgainstWage)
    def _set_off_wage(self, position: int, event: Deficit.SetOffAgainstWage) -> None:
        self._settle(position, event, "wage-set-off", str(event.payroll_id))

    @on(Deficit.ShareSetOffReversed)
    def _set_off_share_no_more(self, position: int, event: Deficit.ShareSetOffReversed) -> None:
        """It is below zero, as what is owed less by it is."""
        self._settle(position, event, "share-set-off-reversal", str(event.withdrawal_id))

    @on(Deficit.WageSetOffReversed)
    def _set_off_wage_no_more(self, position: int, event: Deficit.WageSetOffReversed) -> None:
        """It is below zero, as what is owed less by it is."""
        self._settle(position, event, "wage-set-off-reversal", str(event.payroll_id))

    @on(Deficit.CoveredByFund)
    def _covered(self, position: int, event: Deficit.CoveredByFund) -> None:
        self._settle(position, event, "fund-grant", str(event.aid_id))

    @on(Deficit.WrittenOff)
    def _written_off(self, position: int, event: Deficit.WrittenOff) -> None:
        self._settle(position, event, "write-off", event.decision_ref)
        self.add_amount(_LOSE, event.originator_id, event.amount_c)

    @on(Deficit.WriteOffReversed)
    def _expected_after_all(self, position: int, event: Deficit.WriteOffReversed) -> None:
        """It is below zero, as what is owed less and lost more by it is."""
        self._settle(position, event, "write-off-reversal", event.decision_ref)
        self.add_amount(_LOSE, event.originator_id, event.amount_c)

    @on(Deficit.RecoveryReceived)
    def _recovered(self, position: int, event: Deficit.RecoveryReceived) -> None:
        self._recover(position, event, "recovery")

    @on(Deficit.RecoveryReversed)
    def _recovered_no_more(self, position: int, event: Deficit.RecoveryReversed) -> None:
        self._recover(position, event, "recovery-reversal")

    def _recover(self, position: int, event: Deficit.RecoveryReceived, step: str) -> None:
        said = (event.effective_on, step, event.amount_c, str(event.line_id), event.actor)
        self.add(_ADD_STEP, event.originator_id, position, *said)
        self.add_amount(_LOSE, event.originator_id, -event.amount_c)

    def _settle(self, position: int, event: Settling, step: str, document: str) -> None:
        said = (event.effective_on, step, event.amount_c, document, event.actor)
        self.add(_ADD_STEP, event.originator_id, position, *said)
        self.add_amount(_OWE_LESS, event.originator_id, event.amount_c)


DEFICITS = ReadModel("deficits", 5, (OWED, STEPS), DeficitsPage)


@dataclass(frozen=True)
class DeficitStep:
    """One thing that became of a deficit, in cents.

    `step` is consent, repayment, share-set-off, wage-set-off, fund-grant, write-off or recovery, or, below
    zero, repayment-, recovery-, share-set-off-, wage-set-off- or write-off-reversal; `document` is the evidence, the bank line, withdrawal share, payroll or aid, or the decision it rests on.
    """

    deficit_id: UUID
    position: int
    happened_on: date
    step: str
    amount_c: int
    document: str
    done_by: str


@dataclass(frozen=True)
class DeficitOwed:
    """What one member owes of what one activity lacked, in cents: `amount_c`, of which `open_c` is still owed.

    `lost_c` was written off, and has not come since.
    """

    deficit_id: UUID
    entity_id: UUID
    activity_id: UUID
    membership_id: UUID
    recognised_on: date
    recognised_by: str
    decision_ref: str
    amount_c: int
    open_c: int
    lost_c: int
    position: int
    steps: tuple[DeficitStep, ...] = ()


_OWED_OF = """
    SELECT * FROM deficit WHERE %(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s ORDER BY position
"""
_STEPS_OF = "SELECT * FROM deficit_step WHERE deficit_id = ANY(%(deficits)s) ORDER BY position"


def deficits(reader: Reader, *, entity_id: UUID | None = None) -> list[DeficitOwed]:
    """Return the deficits of an entity, or of all, in the order in which they were recognised."""
    found = reader.rows(DeficitOwed, _OWED_OF, entity_id=entity_id)
    steps: dict[UUID, list[DeficitStep]] = {each.deficit_id: [] for each in found}
    for step in reader.rows(DeficitStep, _STEPS_OF, deficits=list(steps)):
        steps[step.deficit_id].append(step)
    return [replace(each, steps=tuple(steps[each.deficit_id])) for each in found]
