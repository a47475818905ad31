"""The statement of one member over a period: activities, shares, dividends, claims, wages and open invoices.

Every figure leads to its facts: movements, entries, dividends, claims, wages and invoices bear the position
of theirs. Balances, movements, shares and open amounts are those of the period's days; what a dividend, claim
or wage has come to is told as it stands now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.errors import UnknownRecord
from projections.activity_balances import ACTIVITY_BALANCES, ActivityMovement
from projections.activity_risk import ACTIVITY_RISK
from projections.activity_standing import ActivityStanding, activity_standings
from projections.dated_sums import COUNTS, Axis, Past
from projections.directory import DIRECTORY
from projections.dividends import DIVIDENDS
from projections.errors import PeriodReversed
from projections.lookups import Member, member
from projections.outgoings import OUTGOINGS
from projections.payrolls import PAYROLLS
from projections.reader import Reader, rows_of
from projections.receivables import RECEIVABLES
from projections.share_register import SHARE_REGISTER, SharesHeld, share_register

MODELS = tuple(
    model.name
    for model in (
        DIRECTORY,
        ACTIVITY_BALANCES,
        ACTIVITY_RISK,
        RECEIVABLES,
        OUTGOINGS,
        PAYROLLS,
        SHARE_REGISTER,
        DIVIDENDS,
    )
)
"""The read models that are asked."""


@dataclass(frozen=True)
class OpenInvoice:
    """An invoice of an activity on which something was open on the last day, in cents, VAT included.

    `doubtful_c` of it stood on 407; `buyer` reads as erased once it was.
    """

    activity_id: UUID
    invoice_id: UUID
    invoice_no: str
    buyer: str
    issued_on: date
    due_on: date
    gross_c: int
    open_c: int
    doubtful_c: int
    position: int


@dataclass(frozen=True)
class StatementActivity:
    """One activity that the member runs: before the first day, on the last, and every fact between.

    `opening` and `closing` are None where it had not begun. What the movements add up to is the
    difference of the two.
    """

    activity_id: UUID
    code: str
    opening: ActivityStanding | None
    closing: ActivityStanding | None
    movements: tuple[ActivityMovement, ...]
    open_invoices: tuple[OpenInvoice, ...]


@dataclass(frozen=True)
class StatementClaim:
    """One expense claim of the member, in cents; `payment` is the state of the approved order that pays it."""

    claim_id: UUID
    activity_id: UUID
    submitted_on: date
    purpose: str
    gross_c: int
    cost_c: int
    state: str
    answered_on: date | None
    order_id: UUID | None
    payment: str | None
    position: int


@dataclass(frozen=True)
class StatementWage:
    """One wage of the member, in cents; `payment` is the state of the approved order that pays it.

    It pays `net_c`, less `set_off_c` that went against a deficit of the member, or what they owed back.
    """

    payroll_id: UUID
    activity_id: UUID
    requested_on: date
    budget_c: int
    state: str
    posted_on: date | None
    net_c: int | None
    cost_c: int | None
    order_id: UUID | None
    payment: str | None
    position: int
    set_off_c: int


@dataclass(frozen=True)
class StatementDividend:
    """What the member is due of one dividend, in cents: `net_c` is `gross_c` for `qty` shares less the tax withheld.

    `payment` is the state of the approved order that pays it.
    """

    dividend_due_id: UUID
    dividend_id: UUID
    share_class: str
    held_on: date
    qty: int
    determined_on: date
    gross_c: int
    withheld_c: int
    net_c: int
    order_id: UUID | None
    payment: str | None
    position: int


@dataclass(frozen=True)
class MemberStatement:
    """What concerns one member from the first day to the last, as the log stood at `position`."""

    position: int
    axis: Axis
    first_on: date
    last_on: date
    member: Member
    activities: tuple[StatementActivity, ...]
    shares: SharesHeld
    claims: tuple[StatementClaim, ...]
    wages: tuple[StatementWage, ...]
    dividends: tuple[StatementDividend, ...]


_ACTIVITIES = """
    SELECT activity_id, code FROM activity
    WHERE %(membership_id)s = ANY(membership_ids) AND position <= %(known_at)s ORDER BY code
"""
_MOVEMENTS = f"""
    SELECT * FROM activity_movement
    WHERE activity_id = ANY(%(activity_ids)s) AND {COUNTS}
        AND CASE WHEN %(axis)s = 'booked' THEN booked_on ELSE effective_on END >= %(first_on)s
    ORDER BY position
"""  # noqa: S608 - COUNTS is a constant
_OPEN_INVOICES = f"""
    SELECT c.activity_id, invoice_id, invoice_no, name AS buyer, issued_on, r.due_on, gross_c, m.open_c, m.doubtful_c,
        r.position
    FROM activity_claim AS c
    JOIN receivable AS r ON r.invoice_id = c.document_id JOIN receivable_buyer USING (invoice_id)
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(open_c), 0)::bigint AS open_c, coalesce(sum(doubtful_c), 0)::bigint AS doubtful_c
        FROM activity_claim_movement
        WHERE activity_id = c.activity_id AND document_id = c.document_id AND {COUNTS}
    ) AS m
    WHERE c.activity_id = ANY(%(activity_ids)s)
        AND (c.open_c <> 0 OR c.doubtful_c <> 0 OR last_on > %(as_of)s OR last_at > %(known_at)s)
        AND (m.open_c <> 0 OR m.doubtful_c <> 0)
    ORDER BY r.due_on, invoice_no
"""  # noqa: S608 - COUNTS is a constant
# Those of the period, and those of before that still wait for an answer or for their payment.
_CLAIMS = """
    SELECT claim_id, activity_id, submitted_on, purpose, gross_c, cost_c, c.state, answered_on, c.order_id,
        o.state AS payment, c.position
    FROM expense_claim AS c JOIN expense_claim_purpose USING (claim_id)
    LEFT JOIN payment_order AS o ON o.order_id = c.order_id
    WHERE claimant_id = %(membership_id)s AND submitted_on <= %(as_of)s AND c.position <= %(known_at)s
        AND (
            submitted_on >= %(first_on)s OR answered_on >= %(first_on)s OR c.state = 'submitted'
            OR (c.state = 'approved' AND o.state IS DISTINCT FROM 'cleared')
        )
    ORDER BY submitted_on, c.position
"""
_WAGES = """
    SELECT payroll_id, activity_id, requested_on, budget_c, w.state, posted_on, net_c, cost_c, w.order_id,
        o.state AS payment, w.position, set_off_c
    FROM payroll AS w LEFT JOIN payment_order AS o ON o.order_id = w.order_id
    WHERE employee_id = %(membership_id)s AND requested_on <= %(as_of)s AND w.position <= %(known_at)s
        AND (
            requested_on >= %(first_on)s OR posted_on >= %(first_on)s OR w.state = 'requested'
            OR (w.state = 'posted' AND net_c > set_off_c AND o.state IS DISTINCT FROM 'cleared')
        )
    ORDER BY requested_on, w.position
"""
_DIVIDENDS = """
    SELECT d.dividend_due_id, dividend_id, share_class, held_on, d.qty, m.effective_on AS determined_on, m.gross_c,
        m.withheld_c, m.gross_c - m.withheld_c AS net_c, o.order_id, o.state AS payment, d.position
    FROM dividend_due AS d JOIN dividend USING (dividend_id)
    JOIN dividend_movement AS m ON (m.dividend_due_id, m.position) = (d.dividend_due_id, d.position)
    LEFT JOIN payment_order AS o
        ON o.document_id = d.dividend_due_id AND o.pays = 'dividend' AND o.state IN ('approved', 'cleared')
    WHERE d.membership_id = %(membership_id)s AND m.effective_on <= %(as_of)s AND d.position <= %(known_at)s
        AND (
            m.effective_on >= %(first_on)s
            OR (m.gross_c > m.withheld_c AND o.state IS DISTINCT FROM 'cleared')
        )
    ORDER BY m.effective_on, d.position
"""


def member_statement(
    reader: Reader, membership_id: UUID, *, first_on: date, last_on: date, axis: Axis = Axis.BOOKED
) -> MemberStatement:
    """Return the statement of a member from one day to another.

    Raises UnknownRecord, PeriodReversed and NotProjectedYet.
    """
    if first_on > last_on:
        raise PeriodReversed(first_on=first_on, last_on=last_on)
    known_at = reader.position(*MODELS)
    found = member(reader, membership_id=membership_id)
    if found is None:
        raise UnknownRecord(kind="membership", id=membership_id)
    past = Past(last_on, known_at, axis)
    asked: dict[str, Any] = {"membership_id": membership_id, "first_on": first_on, **past.values()}
    with reader.snapshot() as cursor:
        connection = cursor.connection
        codes = dict(cursor.execute(_ACTIVITIES, asked).fetchall())
        asked["activity_ids"] = list(codes)
        movements = rows_of(connection, ActivityMovement, _MOVEMENTS, **asked)
        invoices = rows_of(connection, OpenInvoice, _OPEN_INVOICES, **asked)
        claims = rows_of(connection, StatementClaim, _CLAIMS, **asked)
        wages = rows_of(connection, StatementWage, _WAGES, **asked)
        dividends = rows_of(connection, StatementDividend, _DIVIDENDS, **asked)
    before = Past(first_on - timedelta(days=1), known_at, axis)
    return MemberStatement(
        position=known_at,
        axis=axis,
        first_on=first_on,
        last_on=last_on,
        member=found,
        activities=tuple(
            StatementActivity(
                activity_id=activity_id,
                code=code,
                opening=_standing(reader, activity_id, before),
                closing=_standing(reader, activity_id, past),
                movements=tuple(each for each in movements if each.activity_id == activity_id),
                open_invoices=tuple(each for each in invoices if each.activity_id == activity_id),
            )
            for activity_id, code in codes.items()
        ),
        shares=share_register(
            reader, membership_id=membership_id, as_of=last_on, known_at=known_at, axis=axis
        ),
        claims=tuple(claims),
        wages=tuple(wages),
        dividends=tuple(dividends),
    )


def _standing(reader: Reader, activity_id: UUID, past: Past) -> ActivityStanding | None:
    day = past.as_of or date.max
    found = activity_standings(reader, today=day, activity_id=activity_id, **vars(past))
    return next(iter(found.rows), None)
