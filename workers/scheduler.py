"""The scheduler: does what falls due, once a period, in one process of all that run.

A job is safe to do again: each of its commands has an id that follows from job, period and subject,
and is decided on the truth of the log. So nothing is written down about jobs. Who starts looks once
at the period that runs, and a kill in the middle costs another look.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
import structlog

from domain.errors import AlreadyExists, Refusal, RuleBroken
from domain.ids import derived_id
from domain.ledger.plans import charge_month
from domain.ledger.quotations import lapse_quotation
from domain.ledger.reminders import remind_of_invoice
from eventstore.desk import Caller
from eventstore.errors import AskAgain, PositionNotReached
from eventstore.leadership import Leadership
from projections.contribution_plans import CONTRIBUTION_PLANS, MonthDue, months_due
from projections.quotations import QUOTATIONS, unanswered
from projections.receivables import RECEIVABLES, open_receivables
from workers.snapshots import take_snapshots

if TYPE_CHECKING:
    from workers.workshop import Workshop

CALLER = Caller(principal="tutti:scheduler", actor="tutti:scheduler")
LOOK_EVERY_S = 5.0
SNAPSHOTS_EVERY_S = 60.0
PATIENCE_S = 10.0
LOOK_AGAIN_S = 0.05

log_lines = structlog.get_logger("scheduler")


class AnotherScheduler(Refusal):
    """A scheduler runs already, and does what falls due."""

    code = "another-scheduler"
    fr = "Un planificateur tourne déjà, et fait ce qui vient à échéance."
    nl = "Er draait al een planner, en die doet wat aan de beurt is."


@dataclass(frozen=True, slots=True)
class Done:
    """What one job did in one period: facts recorded, and how often each refusal was heard."""

    job: str
    period: str
    recorded: int
    refused: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done once a period, by a read model that has seen the log as the pass began.

    `do` returns what it did, or None if it was stopped.
    """

    name: str
    period: Callable[[date], str]
    seen_by: str
    do: Callable[[Workshop, date, threading.Event], Done | None]


def payment_reminders(workshop: Workshop, day: date, stopped: threading.Event) -> Done | None:
    """Ask for the next reminder of every invoice that is past due and open; the rules decide."""
    recorded, refused = 0, Counter[str]()
    for invoice in open_receivables(workshop.reader, due_by=day - timedelta(days=1)):
        if stopped.is_set():
            return None
        try:
            recorded += _remind(workshop, day, invoice.invoice_id)
        except RuleBroken as refusal:
            refused[refusal.code] += 1
    return Done("payment-reminders", day.isoformat(), recorded, dict(refused))


def monthly_contributions(workshop: Workshop, day: date, stopped: threading.Event) -> Done | None:
    """Charge every fixed part of a month begun by that day that was not charged; the rules decide."""
    recorded, refused = 0, Counter[str]()
    for due in months_due(workshop.reader, day=day):
        if stopped.is_set():
            return None
        try:
            recorded += _charge(workshop, day, due)
        except (RuleBroken, AlreadyExists) as refusal:
            refused[refusal.code] += 1
    return Done("monthly-contributions", day.isoformat(), recorded, dict(refused))


def quotations_lapse(workshop: Workshop, day: date, stopped: threading.Event) -> Done | None:
    """Let every quotation lapse that was sent and is valid no more; the rules decide."""
    recorded, refused = 0, Counter[str]()
    for quoted in unanswered(workshop.reader, day=day):
        if stopped.is_set():
            return None
        try:
            recorded += _lapse(workshop, day, quoted.quotation_id)
        except RuleBroken as refusal:
            refused[refusal.code] += 1
    return Done("quotations-lapse", day.isoformat(), recorded, dict(refused))


JOBS = (
    Job("payment-reminders", date.isoformat, RECEIVABLES.name, payment_reminders),
    Job("monthly-contributions", date.isoformat, CONTRIBUTION_PLANS.name, monthly_contributions),
    Job("quotations-lapse", date.isoformat, QUOTATIONS.name, quotations_lapse),
)


@dataclass
class Scheduler:
    """Does the jobs whose period has not been done since this process started."""

    workshop: Workshop
    jobs: tuple[Job, ...] = JOBS
    _done: dict[str, UUID] = field(default_factory=dict)
    _snapshots_at: float = 0.0

    def one_pass(self, day: date, stopped: threading.Event) -> list[Done]:
        """Do what is due on that day and return what was done; raises AskAgain if a read model lags behind."""
        done, head = [], self.workshop.log.head().size
        for job in self.jobs:
            job_id = derived_id("job", job.name, job.period(day))
            if self._done.get(job.name) == job_id:
                continue
            if not self.workshop.reader.wait_for(head, job.seen_by, timeout=PATIENCE_S):
                raise PositionNotReached(position=head)
            said = job.do(self.workshop, day, stopped)
            if said is not None:
                self._done[job.name] = job_id
                done.append(said)
        return done

    def run(self, stopped: threading.Event) -> None:
        """Do what falls due while this process leads, until `stopped` is set."""
        lead = self._leadership()
        while not stopped.is_set():
            try:
                if lead.held():
                    for each in self.one_pass(self.workshop.today(), stopped):
                        log_lines.info("job.done", job=each.job, period=each.period, recorded=each.recorded)
                    self._take_snapshots(stopped)
            except (psycopg.OperationalError, AskAgain) as error:
                log_lines.warning("scheduler.waiting", reason=type(error).__name__)
            stopped.wait(LOOK_EVERY_S)
        lead.close()

    def run_once(self, day: date | None) -> list[Done]:
        """Do what is due on that day, or today, unless another scheduler does; raises AnotherScheduler.

        One that was killed a moment ago is given time to vanish.
        """
        lead, deadline = self._leadership(), time.monotonic() + PATIENCE_S / 5
        while not lead.held():
            if time.monotonic() >= deadline:
                raise AnotherScheduler
            time.sleep(LOOK_AGAIN_S)
        try:
            return self.one_pass(day or self.workshop.today(), threading.Event())
        finally:
            lead.close()

    def _take_snapshots(self, stopped: threading.Event) -> None:
        if time.monotonic() < self._snapshots_at:
            return
        if taken := take_snapshots(self.workshop, lambda: not stopped.is_set()):
            log_lines.info("snapshots.taken", taken=taken)
        self._snapshots_at = time.monotonic() + SNAPSHOTS_EVERY_S

    def _leadership(self) -> Leadership:
        return Leadership(self.workshop.dsn, tenant=self.workshop.settings.tenant, work="scheduler")


def _remind(workshop: Workshop, day: date, invoice_id: UUID) -> bool:
    """Ask for one reminder; tell whether it is new."""
    outcome = workshop.desk.perform(
        CALLER,
        operation="invoice.remind",
        key=str(derived_id("payment-reminder", day, invoice_id)),
        body=f"{day} {invoice_id}".encode(),
        effective_on=day,
        run=lambda books, stamp: remind_of_invoice(books, stamp, invoice_id=invoice_id),
    )
    return not outcome.repeated


def _charge(workshop: Workshop, day: date, due: MonthDue) -> bool:
    """Charge one fixed part of a month; tell whether it is new."""
    outcome = workshop.desk.perform(
        CALLER,
        operation="contribution-month.charge",
        key=str(derived_id("monthly-contribution", due.month, due.activity_id)),
        body=f"{due.month} {due.activity_id}".encode(),
        effective_on=day,
        run=lambda books, stamp: charge_month(books, stamp, activity_id=due.activity_id, month=due.month),
    )
    return not outcome.repeated


def _lapse(workshop: Workshop, day: date, quotation_id: UUID) -> bool:
    """Let one quotation lapse; tell whether that is new."""
    outcome = workshop.desk.perform(
        CALLER,
        operation="quotation.lapse",
        key=str(derived_id("quotation-lapse", quotation_id)),
        body=f"{quotation_id}".encode(),
        effective_on=day,
        run=lambda books, stamp: lapse_quotation(books, stamp, quotation_id=quotation_id),
    )
    return not outcome.repeated
