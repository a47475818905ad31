"""What payees owe back: of which document and why, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.aggregates.payee_debt import PayeeDebt, Settling
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

OWED = Table(
    "payee_debt",
    (
        """
        CREATE TABLE payee_debt (
            debt_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            payee_id uuid NOT NULL,
            paid_for text NOT NULL,
            document_id uuid NOT NULL,
            cause_id uuid NOT NULL,
            arose_on date NOT NULL,
            amount_c bigint NOT NULL,
            open_c bigint NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM payee_debt ORDER BY debt_id",
)
STEPS = Table(
    "payee_debt_step",
    (
        """
        CREATE TABLE payee_debt_step (
            debt_id uuid,
            position bigint,
            happened_on date NOT NULL,
            step text NOT NULL,
            amount_c bigint NOT NULL,
            document_id uuid,
            decision_ref text,
            done_by text NOT NULL,
            PRIMARY KEY (debt_id, position)
        )
        """,
    ),
    "SELECT * FROM payee_debt_step ORDER BY debt_id, position",
)

_ADD = """
    COPY payee_debt (
        debt_id, entity_id, payee_id, paid_for, document_id, cause_id, arose_on, amount_c, open_c, position
    ) FROM STDIN
"""
_ADD_STEP = """
    COPY payee_debt_step (
        debt_id, position, happened_on, step, amount_c, document_id, decision_ref, done_by
    ) FROM STDIN
"""
_OWE_LESS = """
    UPDATE payee_debt SET open_c = open_c - less.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS less (id, amount_c) WHERE debt_id = less.id
"""


class PayeeDebtsPage(Page):
    """Takes debts in, and what paid, set off or ended them."""

    @on(PayeeDebt.Arose)
    def _arose(self, position: int, event: PayeeDebt.Arose) -> None:
        whose = (event.entity_id, event.payee_id, event.paid_for.value, event.document_id, event.cause_id)
        said = (event.effective_on, event.amount_c, event.amount_c)
        self.add(_ADD, event.originator_id, *whose, *said, position)

    @on(PayeeDebt.RepaymentReceived)
    def _repaid(self, position: int, event: PayeeDebt.RepaymentReceived) -> None:
        self._settle(position, event, "repayment", event.line_id)

    @on(PayeeDebt.RepaymentReversed)
    def _repaid_no_more(self, position: int, event: PayeeDebt.RepaymentReversed) -> None:
        """It is below zero, as what is owed less by it is."""
        self._settle(position, event, "repayment-reversal", event.line_id)

    @on(PayeeDebt.SetOff)
    def _set_off(self, position: int, event: PayeeDebt.SetOff) -> None:
        self._settle(position, event, "set-off", event.document_id)

    @on(PayeeDebt.SetOffReversed)
    def _set_off_no_more(self, position: int, event: PayeeDebt.SetOffReversed) -> None:
        self._settle(position, event, "set-off-reversal", event.document_id)

    @on(PayeeDebt.GivenUp)
    def _given_up(self, position: int, event: PayeeDebt.GivenUp) -> None:
        self._settle(position, event, "giving-up", None, event.decision_ref)

    @on(PayeeDebt.GivingUpReversed)
    def _given_up_no_more(self, position: int, event: PayeeDebt.GivingUpReversed) -> None:
        self._settle(position, event, "giving-up-reversal", None)

    def _settle(
        self,
        position: int,
        event: Settling,
        step: str,
        document_id: UUID | None,
        decision_ref: str | None = None,
    ) -> None:
        said = (event.effective_on, step, event.amount_c, document_id, decision_ref, event.actor)
        self.add(_ADD_STEP, event.originator_id, position, *said)
        self.add_amount(_OWE_LESS, event.originator_id, event.amount_c)


PAYEE_DEBTS = ReadModel("payee_debts", 4, (OWED, STEPS), PayeeDebtsPage)


@dataclass(frozen=True)
class DebtStep:
    """One thing that became of a debt, in cents.

    `step` is repayment, set-off or giving-up, or, below zero, repayment-reversal, set-off-reversal or
    giving-up-reversal; `document_id` is the bank line, or the document it was set off against, and `decision_ref` the decision by which it was given up.
    """

    debt_id: UUID
    position: int
    happened_on: date
    step: str
    amount_c: int
    document_id: UUID | None
    decision_ref: str | None
    done_by: str


@dataclass(frozen=True)
class OwedBack:
    """What a supplier or a person owes back of a document, in cents: `amount_c`, of which `open_c` still.

    `paid_for` is what the document is, and `cause_id` the credit note or document that took it back.
    """

    debt_id: UUID
    entity_id: UUID
    payee_id: UUID
    paid_for: str
    document_id: UUID
    cause_id: UUID
    arose_on: date
    amount_c: int
    open_c: int
    position: int
    steps: tuple[DebtStep, ...] = ()


_OWED_OF = """
    SELECT * FROM payee_debt WHERE %(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s ORDER BY position
"""
_STEPS_OF = "SELECT * FROM payee_debt_step WHERE debt_id = ANY(%(debts)s) ORDER BY position"


def payee_debts(reader: Reader, *, entity_id: UUID | None = None) -> list[OwedBack]:
    """Return what payees owe an entity back, or all of them, in the order in which it arose."""
    found = reader.rows(OwedBack, _OWED_OF, entity_id=entity_id)
    steps: dict[UUID, list[DebtStep]] = {each.debt_id: [] for each in found}
    for step in reader.rows(DebtStep, _STEPS_OF, debts=list(steps)):
        steps[step.debt_id].append(step)
    return [replace(each, steps=tuple(steps[each.debt_id])) for each in found]
