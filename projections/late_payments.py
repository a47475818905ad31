"""Late payments: the reminders of each invoice, and what is claimed of its client for paying late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.late_claim import LateClaim
from domain.aggregates.reminder import Reminder
from projections.agreement import Agreement
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

REMINDERS = Table(
    "payment_reminder",
    (
        """
        CREATE TABLE payment_reminder (
            reminder_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            invoice_id uuid NOT NULL,
            client_id uuid NOT NULL,
            number integer NOT NULL,
            fell_due_on date NOT NULL,
            open_c bigint NOT NULL,
            sent_on date,
            channel text,
            fee_c bigint NOT NULL,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX payment_reminder_in_order ON payment_reminder (position)",
        "CREATE INDEX payment_reminder_of_invoice ON payment_reminder (invoice_id)",
    ),
    "SELECT * FROM payment_reminder ORDER BY reminder_id",
)
CLAIMS = Table(
    "late_claim",
    (
        """
        CREATE TABLE late_claim (
            claim_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            client_id uuid NOT NULL,
            invoice_id uuid NOT NULL,
            law text NOT NULL,
            earned_by text NOT NULL,
            fund_id uuid,
            interest_c bigint NOT NULL,
            costs_c bigint NOT NULL,
            paid_interest_c bigint NOT NULL,
            paid_costs_c bigint NOT NULL,
            waived_c bigint NOT NULL,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX late_claim_in_order ON late_claim (position)",
        "CREATE INDEX late_claim_of_invoice ON late_claim (invoice_id)",
    ),
    "SELECT * FROM late_claim ORDER BY claim_id",
)
STEPS = Table(
    "late_claim_step",
    (
        """
        CREATE TABLE late_claim_step (
            position bigint PRIMARY KEY,
            claim_id uuid NOT NULL,
            through_on date NOT NULL,
            days_in_year integer NOT NULL,
            in_all_c bigint NOT NULL,
            interest_c bigint NOT NULL,
            flat_c bigint NOT NULL,
            fees_c bigint NOT NULL
        )
        """,
        "CREATE INDEX late_claim_step_of_claim ON late_claim_step (claim_id, position)",
    ),
    "SELECT * FROM late_claim_step ORDER BY position",
    (
        Agreement(
            "the interest of a claim in all is what its spans of days bear, rounded once",
            "late_claim_step",
            "in_all_c",
            ("position",),
            """
            SELECT position, round(sum(overdue_c::numeric * (s.through_on - from_on + 1) * rate_bp)
                / (10000 * days_in_year))::bigint AS figure
            FROM {made}.late_claim_span AS s JOIN {made}.late_claim_step USING (position)
            GROUP BY position, days_in_year
            """,
            "SELECT position, in_all_c AS figure FROM {live}.late_claim_step",
        ),
    ),
)
SPANS = Table(
    "late_claim_span",
    (
        """
        CREATE TABLE late_claim_span (
            position bigint,
            span_no integer,
            from_on date NOT NULL,
            through_on date NOT NULL,
            overdue_c bigint NOT NULL,
            rate_bp integer NOT NULL,
            PRIMARY KEY (position, span_no)
        )
        """,
    ),
    "SELECT * FROM late_claim_span ORDER BY position, span_no",
)

_ADD_REMINDER = """
    COPY payment_reminder (
        reminder_id, entity_id, invoice_id, client_id, number, fell_due_on, open_c, fee_c, position
    ) FROM STDIN
"""
_SEND = """
    UPDATE payment_reminder SET sent_on = %(sent_on)s, channel = %(channel)s, fee_c = %(fee_c)s
    WHERE reminder_id = %(reminder_id)s
"""
_ADD_CLAIM = """
    COPY late_claim (
        claim_id, entity_id, activity_id, client_id, invoice_id, law, earned_by, fund_id, interest_c,
        costs_c, paid_interest_c, paid_costs_c, waived_c, position
    ) FROM STDIN
"""
_ADD_STEP = """
    COPY late_claim_step (
        position, claim_id, through_on, days_in_year, in_all_c, interest_c, flat_c, fees_c
    ) FROM STDIN
"""
_ADD_SPAN = """
    COPY late_claim_span (position, span_no, from_on, through_on, overdue_c, rate_bp) FROM STDIN
"""
_CLAIM_INTEREST = """
    UPDATE late_claim SET interest_c = interest_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE claim_id = gained.id
"""
_CLAIM_COSTS = """
    UPDATE late_claim SET costs_c = costs_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE claim_id = gained.id
"""
_PAY_INTEREST = """
    UPDATE late_claim SET paid_interest_c = paid_interest_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE claim_id = gained.id
"""
_PAY_COSTS = """
    UPDATE late_claim SET paid_costs_c = paid_costs_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE claim_id = gained.id
"""
_WAIVE = """
    UPDATE late_claim SET waived_c = waived_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE claim_id = gained.id
"""


class LatePaymentsPage(Page):
    """Takes reminders in, and what is claimed, paid and waived for paying late."""

    @on(Reminder.FellDue)
    def _fell_due(self, position: int, event: Reminder.FellDue) -> None:
        whose = (event.entity_id, event.invoice_id, event.client_id)
        says = (event.number, event.on, event.open_c, 0, position)
        self.add(_ADD_REMINDER, event.originator_id, *whose, *says)

    @on(Reminder.Sent)
    def _sent(self, _: int, event: Reminder.Sent) -> None:
        self.change(
            _SEND,
            sent_on=event.effective_on,
            channel=event.channel.value,
            fee_c=event.fee_c,
            reminder_id=event.originator_id,
        )

    @on(LateClaim.Opened)
    def _opened(self, position: int, event: LateClaim.Opened) -> None:
        whose = (event.entity_id, event.activity_id, event.client_id, event.invoice_id)
        says = (event.law.value, event.earned_by.value, event.fund_id)
        self.add(_ADD_CLAIM, event.originator_id, *whose, *says, 0, 0, 0, 0, 0, position)

    @on(LateClaim.Claimed)
    def _claimed(self, position: int, event: LateClaim.Claimed) -> None:
        claim_id, through_on = event.originator_id, event.through_on
        sums = (event.interest_in_all_c, event.interest_c, event.flat_c, event.fees_c)
        self.add(_ADD_STEP, position, claim_id, through_on, event.days_in_year, *sums)
        for span_no, span in enumerate(event.spans, start=1):
            days = (span.from_on, span.through_on)
            self.add(_ADD_SPAN, position, span_no, *days, span.overdue_c, span.rate_bp)
        self.add_amount(_CLAIM_INTEREST, claim_id, event.interest_c)
        self.add_amount(_CLAIM_COSTS, claim_id, event.flat_c + event.fees_c)

    @on(LateClaim.ClaimReversed)
    def _reversed(self, _: int, event: LateClaim.ClaimReversed) -> None:
        self.add_amount(_CLAIM_INTEREST, event.originator_id, -event.interest_c)
        self.add_amount(_CLAIM_COSTS, event.originator_id, -event.flat_c - event.fees_c)

    @on(LateClaim.PaymentReceived)
    def _received(self, _: int, event: LateClaim.PaymentReceived) -> None:
        self.add_amount(_PAY_INTEREST, event.originator_id, event.interest_c)
        self.add_amount(_PAY_COSTS, event.originator_id, event.costs_c)

    @on(LateClaim.PaymentReversed)
    def _taken_back(self, _: int, event: LateClaim.PaymentReversed) -> None:
        self.add_amount(_PAY_INTEREST, event.originator_id, -event.interest_c)
        self.add_amount(_PAY_COSTS, event.originator_id, -event.costs_c)

    @on(LateClaim.Waived)
    def _waived(self, _: int, event: LateClaim.Waived) -> None:
        self.add_amount(_WAIVE, event.originator_id, event.interest_c + event.costs_c)

    @on(LateClaim.WaiverReversed)
    def _asked_again(self, _: int, event: LateClaim.WaiverReversed) -> None:
        self.add_amount(_WAIVE, event.originator_id, -event.interest_c - event.costs_c)


LATE_PAYMENTS = ReadModel("late_payments", 3, (REMINDERS, CLAIMS, STEPS, SPANS), LatePaymentsPage)


@dataclass(frozen=True)
class SentReminder:
    """One reminder, in cents; not yet sent while `sent_on` is None. `open_c` was open when it fell due."""

    reminder_id: UUID
    entity_id: UUID
    invoice_id: UUID
    client_id: UUID
    number: int
    fell_due_on: date
    open_c: int
    sent_on: date | None
    channel: str | None
    fee_c: int
    position: int


@dataclass(frozen=True)
class LateClaimed:
    """What is claimed for paying one invoice late, in cents: the interest through that day, and the costs.

    `open_c` is neither paid nor waived. `law` is commercial or consumer; `earned_by` activity,
    cooperative, or fund: that of `fund_id`.
    """

    claim_id: UUID
    entity_id: UUID
    activity_id: UUID
    client_id: UUID
    invoice_id: UUID
    law: str
    earned_by: str
    fund_id: UUID | None
    through_on: date
    interest_c: int
    costs_c: int
    paid_interest_c: int
    paid_costs_c: int
    waived_c: int
    open_c: int
    position: int


@dataclass(frozen=True)
class ClaimedSpan:
    """Days, the first and the last included, through which so much was overdue at one rate a year."""

    from_on: date
    through_on: date
    overdue_c: int
    rate_bp: int


_REMINDERS = """
    SELECT reminder_id, entity_id, invoice_id, client_id, number, fell_due_on, open_c, sent_on, channel,
        fee_c, position
    FROM payment_reminder
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(invoice_id)s::uuid IS NULL OR invoice_id = %(invoice_id)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""
_CLAIMS = """
    SELECT claim_id, entity_id, activity_id, client_id, invoice_id, law, earned_by, fund_id, through_on,
        interest_c, costs_c, paid_interest_c, paid_costs_c, waived_c,
        interest_c + costs_c - paid_interest_c - paid_costs_c - waived_c AS open_c, position
    FROM late_claim JOIN (
        SELECT claim_id, max(through_on) AS through_on FROM late_claim_step GROUP BY 1
    ) AS step USING (claim_id)
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(invoice_id)s::uuid IS NULL OR invoice_id = %(invoice_id)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""
_SPANS_OF = """
    SELECT from_on, through_on, overdue_c, rate_bp FROM late_claim_span
    WHERE position = (SELECT max(position) FROM late_claim_step WHERE claim_id = %(claim_id)s)
    ORDER BY span_no
"""


def reminders(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    invoice_id: UUID | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[SentReminder]:
    """Return payment reminders, the latest first, of one invoice only if it is given."""
    values = {"entity_id": entity_id, "invoice_id": invoice_id, "before": before, "limit": limit}
    return reader.rows(SentReminder, _REMINDERS, **values)


def late_claims(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    invoice_id: UUID | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[LateClaimed]:
    """Return what is claimed for paying late, the latest first, of one invoice only if it is given."""
    values = {"entity_id": entity_id, "invoice_id": invoice_id, "before": before, "limit": limit}
    return reader.rows(LateClaimed, _CLAIMS, **values)


def spans_of(reader: Reader, claim_id: UUID) -> list[ClaimedSpan]:
    """Return the days behind the interest of a claim, as they were last reckoned."""
    return reader.rows(ClaimedSpan, _SPANS_OF, claim_id=claim_id)
