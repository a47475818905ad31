"""Money going out: expense claims and payment orders, those that wait and those that are settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.payment_order import PaymentOrder
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

CLAIMS = Table(
    "expense_claim",
    (
        """
        CREATE TABLE expense_claim (
            claim_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            claimant_id uuid NOT NULL,
            submitted_on date NOT NULL,
            gross_c bigint NOT NULL,
            cost_c bigint NOT NULL,
            receipts text[] NOT NULL,
            state text NOT NULL DEFAULT 'submitted',
            answered_by text,
            answered_on date,
            order_id uuid,
            position bigint NOT NULL,
            reversed_c bigint NOT NULL DEFAULT 0,
            less_due_c bigint NOT NULL DEFAULT 0
        )
        """,
        "CREATE INDEX expense_claim_of_entity ON expense_claim (entity_id, position)",
    ),
    "SELECT * FROM expense_claim ORDER BY claim_id",
)
PURPOSES = Table(
    "expense_claim_purpose",
    ("CREATE TABLE expense_claim_purpose (claim_id uuid PRIMARY KEY, purpose text NOT NULL)",),
    None,
)
ORDERS = Table(
    "payment_order",
    (
        """
        CREATE TABLE payment_order (
            order_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            pays text NOT NULL,
            document_id uuid NOT NULL,
            amount_c bigint NOT NULL,
            proposed_by text NOT NULL,
            ordered_on date NOT NULL,
            state text NOT NULL DEFAULT 'ordered',
            approved_by text,
            approved_on date,
            line_id uuid,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX payment_order_of_entity ON payment_order (entity_id, position)",
    ),
    "SELECT * FROM payment_order ORDER BY order_id",
)
PAYEES = Table(
    "payment_payee",
    ("CREATE TABLE payment_payee (order_id uuid PRIMARY KEY, iban text NOT NULL)",),
    None,
)

_ADD_CLAIM = """
    COPY expense_claim (
        claim_id, entity_id, activity_id, claimant_id, submitted_on, gross_c, cost_c, receipts, position
    ) FROM STDIN
"""
_ADD_PURPOSE = "COPY expense_claim_purpose (claim_id, purpose) FROM STDIN"
_ANSWER_CLAIM = """
    UPDATE expense_claim SET state = %(state)s, answered_by = %(by)s, answered_on = %(on)s
    WHERE claim_id = %(claim_id)s
"""
_TAKE_BACK = """
    UPDATE expense_claim SET reversed_c = reversed_c + more.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS more (id, amount_c) WHERE claim_id = more.id
"""
_OWE_LESS = """
    UPDATE expense_claim SET less_due_c = less_due_c + more.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS more (id, amount_c) WHERE claim_id = more.id
"""
_PAY_CLAIM = "UPDATE expense_claim SET order_id = %(order_id)s WHERE claim_id = %(claim_id)s"
_ADD_ORDER = """
    COPY payment_order (
        order_id, entity_id, pays, document_id, amount_c, proposed_by, ordered_on, position
    ) FROM STDIN
"""
_ADD_PAYEE = "COPY payment_payee (order_id, iban) FROM STDIN"
# Which of approval and clearing is written first must not matter: what is cleared stays cleared.
_APPROVE = """
    UPDATE payment_order
    SET approved_by = %(by)s, approved_on = %(on)s, state = CASE WHEN state = 'ordered' THEN 'approved' ELSE state END
    WHERE order_id = %(order_id)s
"""
_WITHDRAW = "UPDATE payment_order SET state = 'withdrawn' WHERE order_id = %(order_id)s"
_CLEAR = "UPDATE payment_order SET state = %(state)s, line_id = %(line_id)s WHERE order_id = %(order_id)s"


class OutgoingsPage(Page):
    """Takes claims and orders in, and what became of them."""

    @on(ExpenseClaim.Submitted)
    def _submitted(self, position: int, event: ExpenseClaim.Submitted) -> None:
        claim_id = event.originator_id
        whose = (event.entity_id, event.activity_id, event.claimant_id, event.effective_on)
        receipts = list(dict.fromkeys(line.receipt_sha256 for line in event.lines))
        self.add(_ADD_CLAIM, claim_id, *whose, event.gross_c, event.cost_c, receipts, position)
        self.add(_ADD_PURPOSE, claim_id, event.purpose)

    @on(ExpenseClaim.Approved)
    def _claim_approved(self, _: int, event: ExpenseClaim.Approved) -> None:
        self._answered("approved", event)

    @on(ExpenseClaim.Rejected)
    def _rejected(self, _: int, event: ExpenseClaim.Rejected) -> None:
        self._answered("rejected", event)

    @on(ExpenseClaim.Reversed)
    def _reversed(self, _: int, event: ExpenseClaim.Reversed) -> None:
        self.add_amount(_TAKE_BACK, event.originator_id, event.gross_c)
        self.add_amount(_OWE_LESS, event.originator_id, event.gross_c - event.back_c)
        if event.whole:
            self._answered("reversed", event)

    @on(ExpenseClaim.SetOff, ExpenseClaim.SetOffReversed)
    def _set_off(self, _: int, event: ExpenseClaim.SetOff | ExpenseClaim.SetOffReversed) -> None:
        self.add_amount(_OWE_LESS, event.originator_id, event.amount_c)

    def _answered(
        self, state: str, event: ExpenseClaim.Approved | ExpenseClaim.Rejected | ExpenseClaim.Reversed
    ) -> None:
        answer = {"state": state, "by": event.actor, "on": event.effective_on}
        self.change(_ANSWER_CLAIM, claim_id=event.originator_id, **answer)

    @on(ExpenseClaim.PaymentOrdered)
    def _paid(self, _: int, event: ExpenseClaim.PaymentOrdered) -> None:
        self.change(_PAY_CLAIM, order_id=event.order_id, claim_id=event.originator_id)

    @on(ExpenseClaim.PaymentWithdrawn)
    def _not_paid(self, _: int, event: ExpenseClaim.PaymentWithdrawn) -> None:
        self.change(_PAY_CLAIM, order_id=None, claim_id=event.originator_id)

    @on(PaymentOrder.Ordered)
    def _ordered(self, position: int, event: PaymentOrder.Ordered) -> None:
        order_id, pays = event.originator_id, event.pays.value
        what = (event.entity_id, pays, event.document_id, event.amount_c, event.actor, event.effective_on)
        self.add(_ADD_ORDER, order_id, *what, position)
        self.add(_ADD_PAYEE, order_id, event.payee_iban)

    @on(PaymentOrder.Approved, PaymentOrder.FundApproved)
    def _approved(self, _: int, event: PaymentOrder.Approved | PaymentOrder.FundApproved) -> None:
        self.change(_APPROVE, by=event.actor, on=event.effective_on, order_id=event.originator_id)

    @on(PaymentOrder.Cleared)
    def _cleared(self, _: int, event: PaymentOrder.Cleared) -> None:
        self.change(_CLEAR, state="cleared", line_id=event.line_id, order_id=event.originator_id)

    @on(PaymentOrder.ClearingUndone)
    def _not_cleared(self, _: int, event: PaymentOrder.ClearingUndone) -> None:
        self.change(_CLEAR, state="approved", line_id=None, order_id=event.originator_id)

    @on(PaymentOrder.ReturnUndone)
    def _not_returned(self, _: int, event: PaymentOrder.ReturnUndone) -> None:
        self.change(_CLEAR, state="cleared", line_id=event.cleared_by_line_id, order_id=event.originator_id)

    @on(PaymentOrder.Returned)
    def _returned(self, _: int, event: PaymentOrder.Returned) -> None:
        self.change(_CLEAR, state="returned", line_id=event.line_id, order_id=event.originator_id)

    @on(PaymentOrder.Withdrawn, PaymentOrder.FundWithdrawn)
    def _withdrawn(self, _: int, event: PaymentOrder.Withdrawn | PaymentOrder.FundWithdrawn) -> None:
        self.change(_WITHDRAW, order_id=event.originator_id)


OUTGOINGS = ReadModel("outgoings", 9, (CLAIMS, PURPOSES, ORDERS, PAYEES), OutgoingsPage)


@dataclass(frozen=True)
class Claim:
    """One expense claim, in cents; `receipts` are the hashes of its documents.

    `state` is submitted, approved, rejected or reversed; `order_id` is the approved order that pays it.
    `reversed_c` is what was taken back of it, and `left_c` what is left to pay, before that order, of what was
    neither taken back nor set off.
    """

    claim_id: UUID
    entity_id: UUID
    activity_id: UUID
    claimant_id: UUID
    submitted_on: date
    gross_c: int
    cost_c: int
    receipts: tuple[str, ...]
    state: str
    answered_by: str | None
    answered_on: date | None
    order_id: UUID | None
    purpose: str
    position: int
    reversed_c: int
    left_c: int

    def __post_init__(self) -> None:
        """Keep the receipts as they come from the database unchangeable."""
        object.__setattr__(self, "receipts", tuple(self.receipts))


@dataclass(frozen=True)
class Order:
    """One payment order, in cents; `state` is ordered, approved, withdrawn, cleared, or returned by the bank's line."""

    order_id: UUID
    entity_id: UUID
    pays: str
    document_id: UUID
    amount_c: int
    proposed_by: str
    ordered_on: date
    state: str
    approved_by: str | None
    approved_on: date | None
    line_id: UUID | None
    payee_iban: str
    position: int


_CLAIMS_OF = """
    SELECT claim_id, entity_id, activity_id, claimant_id, submitted_on, gross_c, cost_c, receipts, state,
        answered_by, answered_on, order_id, purpose, position, reversed_c, gross_c - less_due_c AS left_c
    FROM expense_claim JOIN expense_claim_purpose USING (claim_id)
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(state)s::text IS NULL OR state = %(state)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""
_ORDERS_OF = """
    SELECT order_id, entity_id, pays, document_id, amount_c, proposed_by, ordered_on, state, approved_by,
        approved_on, line_id, iban AS payee_iban, position
    FROM payment_order JOIN payment_payee USING (order_id)
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(state)s::text IS NULL OR state = %(state)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""


def claims(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    state: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[Claim]:
    """Return claims, the latest first, in one state only if it is given."""
    values = {"entity_id": entity_id, "state": state, "before": before, "limit": limit}
    return reader.rows(Claim, _CLAIMS_OF, **values)


def payment_orders(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    state: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[Order]:
    """Return payment orders, the latest first, in one state only if it is given."""
    values = {"entity_id": entity_id, "state": state, "before": before, "limit": limit}
    return reader.rows(Order, _ORDERS_OF, **values)
