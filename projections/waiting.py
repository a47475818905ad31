"""What waits for somebody: drafts, claims, bills, wages, levies, what was given, payments, money unexplained.

Each item says since which day it waits, and which operations take it a step further.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from projections.bank_lines import BANK_LINES
from projections.dividends import DIVIDENDS
from projections.invoice_drafts import INVOICE_DRAFTS
from projections.outgoings import OUTGOINGS
from projections.patronage import PATRONAGE
from projections.payrolls import PAYROLLS
from projections.purchases import PURCHASE_BOOK
from projections.reader import Reader, position_of, rows_of


class Waits(StrEnum):
    """What an item waits for."""

    INVOICE_TO_ISSUE = "invoice-to-issue"
    CLAIM_TO_APPROVE = "claim-to-approve"
    CLAIM_TO_PAY = "claim-to-pay"
    BILL_TO_APPROVE = "bill-to-approve"
    BILL_TO_PAY = "bill-to-pay"
    LEVY_TO_PAY = "levy-to-pay"
    SLIP_TO_POST = "slip-to-post"
    WAGE_TO_PAY = "wage-to-pay"
    ORDER_TO_APPROVE = "order-to-approve"
    ORDER_TO_CLEAR = "order-to-clear"
    RECEIPT_TO_ALLOCATE = "receipt-to-allocate"
    DEBIT_TO_EXPLAIN = "debit-to-explain"
    OVERPAYMENT_HELD = "overpayment-held"
    DIVIDEND_TO_SHARE_OUT = "dividend-to-share-out"
    DIVIDEND_TO_PAY = "dividend-to-pay"
    PATRONAGE_TO_GIVE = "patronage-to-give"


NEXT: Mapping[Waits, tuple[str, ...]] = {
    Waits.INVOICE_TO_ISSUE: ("invoice-draft.issue", "invoice-draft.reject"),
    Waits.CLAIM_TO_APPROVE: ("claim.approve", "claim.reject"),
    Waits.CLAIM_TO_PAY: ("payment.order",),
    Waits.BILL_TO_APPROVE: ("purchase.approve", "purchase.dispute", "purchase.reject"),
    Waits.BILL_TO_PAY: ("purchase.order",),
    Waits.LEVY_TO_PAY: ("declaration.order", "declaration.withdraw"),
    Waits.SLIP_TO_POST: ("slip.post", "director-pay.post", "payroll.withdraw"),
    Waits.WAGE_TO_PAY: ("wage.order",),
    Waits.ORDER_TO_APPROVE: ("payment.approve", "payment.withdraw"),
    Waits.ORDER_TO_CLEAR: ("payment.clear", "payment.withdraw"),
    Waits.RECEIPT_TO_ALLOCATE: (
        "receipt.allocate",
        "shares.pay",
        "payment.return",
        "overpayment.hold",
        "receipt.return",
    ),
    Waits.DEBIT_TO_EXPLAIN: ("payment.clear", "client-payment.return", "receipt.return", "bank-fee.record"),
    Waits.OVERPAYMENT_HELD: ("overpayment.allocate", "refund.order", "overpayment.release"),
    Waits.DIVIDEND_TO_SHARE_OUT: ("dividend.share-out",),
    Waits.DIVIDEND_TO_PAY: ("dividend.order",),
    Waits.PATRONAGE_TO_GIVE: ("patronage.share-out",),
}
"""The operations that take an item further, the usual one first."""

MODELS = (
    OUTGOINGS.name,
    PAYROLLS.name,
    BANK_LINES.name,
    DIVIDENDS.name,
    PATRONAGE.name,
    INVOICE_DRAFTS.name,
    PURCHASE_BOOK.name,
)
"""The read models that are asked."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, in cents; `amount_c` is below zero for money that left unexplained.

    `id` is that of the draft, claim, bill, declaration, payroll, payment order, bank line, dividend, dividend due
    or patronage refund; `who` the membership whose draft, claim, wage or dividend it is, the supplier of the
    bill, or the client for whom money is held; `position` that of the fact it began with.
    """

    waits: Waits
    id: UUID
    entity_id: UUID
    activity_id: UUID | None
    who: UUID | None
    amount_c: int
    since_on: date
    position: int

    def __post_init__(self) -> None:
        """Take what is waited for as the word it is: the database returns text."""
        object.__setattr__(self, "waits", Waits(self.waits))

    @property
    def next(self) -> tuple[str, ...]:
        """The operations that take it further."""
        return NEXT[self.waits]

    def days(self, today: date) -> int:
        """Return how many days it has waited."""
        return (today - self.since_on).days


@dataclass(frozen=True)
class WaitingRoom:
    """All that waits, the longest first, as the log stood at `position`."""

    position: int
    items: tuple[Waiting, ...]


# What an order that is still on its way pays is listed as that order, and not once more by itself.
_WAITING = """
    WITH on_its_way AS (SELECT document_id FROM payment_order WHERE state IN ('ordered', 'approved')),
    item AS (
        SELECT 'invoice-to-issue' AS waits, invoice_draft_id AS id, entity_id, activity_id,
            membership_id AS who, gross_c AS amount_c, submitted_on AS since_on, position
        FROM invoice_draft WHERE state = 'submitted'
        UNION ALL
        SELECT CASE state WHEN 'submitted' THEN 'claim-to-approve' ELSE 'claim-to-pay' END,
            claim_id, entity_id, activity_id, claimant_id, gross_c - less_due_c,
            coalesce(answered_on, submitted_on), position
        FROM expense_claim
        WHERE state IN ('submitted', 'approved', 'reversed') AND order_id IS NULL AND gross_c > less_due_c
            AND claim_id NOT IN (SELECT document_id FROM on_its_way)
        UNION ALL
        SELECT CASE WHEN state IN ('received', 'disputed') THEN 'bill-to-approve' ELSE 'bill-to-pay' END,
            purchase_id, entity_id, activity_id, supplier_id, due_c - less_due_c,
            coalesce(answered_on, received_on), position
        FROM purchase_invoice
        WHERE state <> 'rejected' AND order_id IS NULL AND due_c > less_due_c
            AND purchase_id NOT IN (SELECT document_id FROM on_its_way)
        UNION ALL
        SELECT 'levy-to-pay', declaration_id, entity_id, NULL, NULL, due_c - deductible_c, filed_on, position
        FROM declaration
        WHERE withdrawn_on IS NULL AND order_id IS NULL AND due_c > deductible_c
            AND declaration_id NOT IN (SELECT document_id FROM on_its_way)
        UNION ALL
        SELECT CASE state WHEN 'requested' THEN 'slip-to-post' ELSE 'wage-to-pay' END,
            payroll_id, entity_id, activity_id, employee_id, coalesce(net_c - set_off_c - less_due_c, budget_c),
            coalesce(posted_on, requested_on), position
        FROM payroll
        WHERE (
                state = 'requested'
                OR (state IN ('posted', 'reversed') AND order_id IS NULL AND net_c > set_off_c + less_due_c)
            )
            AND payroll_id NOT IN (SELECT document_id FROM on_its_way)
        UNION ALL
        SELECT CASE state WHEN 'ordered' THEN 'order-to-approve' ELSE 'order-to-clear' END,
            order_id, entity_id, NULL, NULL, amount_c, coalesce(approved_on, ordered_on), position
        FROM payment_order WHERE state IN ('ordered', 'approved')
        UNION ALL
        SELECT CASE WHEN left_c > 0 THEN 'receipt-to-allocate' ELSE 'debit-to-explain' END,
            line_id, entity_id, NULL, NULL, left_c, entry_on, position
        FROM bank_line WHERE left_c <> 0
        UNION ALL
        SELECT 'overpayment-held', line_id, o.entity_id, NULL, client_id, sum(o.amount_c)::bigint,
            min(entry_on), min(o.position)
        FROM bank_overpayment AS o JOIN bank_line USING (line_id)
        WHERE line_id NOT IN (SELECT document_id FROM on_its_way)
        GROUP BY line_id, o.entity_id, client_id HAVING sum(o.amount_c) <> 0
        UNION ALL
        SELECT 'dividend-to-share-out', dividend_id, entity_id, NULL, NULL,
            (d.qty - coalesce(named.qty, 0))::bigint * per_share_c, a.effective_on, a.position
        FROM dividend AS d
        JOIN (SELECT * FROM dividend_step WHERE step = 'appropriated') AS a USING (dividend_id)
        LEFT JOIN (SELECT dividend_id, sum(qty) AS qty FROM dividend_due GROUP BY 1) AS named USING (dividend_id)
        WHERE d.qty > coalesce(named.qty, 0)
        UNION ALL
        SELECT 'dividend-to-pay', d.dividend_due_id, entity_id, NULL, membership_id,
            gross_c - withheld_c, effective_on, d.position
        FROM dividend_due AS d JOIN dividend_balance USING (dividend_due_id)
        JOIN (SELECT dividend_id, effective_on FROM dividend_step WHERE step = 'payable') AS p USING (dividend_id)
        WHERE gross_c > withheld_c + ordered_c
            AND d.dividend_due_id NOT IN (SELECT document_id FROM on_its_way)
        UNION ALL
        SELECT 'patronage-to-give', patronage_id, entity_id, NULL, NULL,
            (o.amount_c - coalesce(g.amount_c, 0))::bigint, effective_on, position
        FROM patronage_owed AS o
        LEFT JOIN (SELECT patronage_id, sum(amount_c) AS amount_c FROM patronage_given GROUP BY 1) AS g
            USING (patronage_id)
        WHERE o.amount_c > coalesce(g.amount_c, 0)
    )
    SELECT waits, id, entity_id, activity_id, who, amount_c, since_on, position FROM item
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(waits)s::text IS NULL OR waits = %(waits)s)
    ORDER BY since_on, position, waits
"""


def waiting(reader: Reader, *, entity_id: UUID | None = None, waits: Waits | None = None) -> WaitingRoom:
    """Return what waits in an entity, or in all, the longest first; raises NotProjectedYet."""
    with reader.snapshot() as cursor:
        position = min(position_of(cursor, model) for model in MODELS)
        found = rows_of(cursor.connection, Waiting, _WAITING, entity_id=entity_id, waits=waits)
    return WaitingRoom(position, tuple(found))
