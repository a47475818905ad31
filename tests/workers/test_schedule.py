"""`tutti schedule`: what falls due is recorded once, whoever is killed or runs beside it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from domain.aggregates.contribution_month import ContributionMonth
from domain.aggregates.invoice import Invoice
from domain.aggregates.reminder import Reminder
from domain.ledger import invoicing
from domain.ledger.invoicing import AskedLine
from domain.ledger.periods import open_period
from domain.ledger.plans import enact_contribution_rule
from domain.ledger.quotations import draft_quotation, send_quotation
from domain.vat import VatCategory
from eventstore.leadership import Leadership
from projections.lookups import activities, clients, entities
from projections.receivables import open_receivables
from tests.ledgers import ROOT, Ledger
from workers.asking import perform

DAY = date(2027, 6, 30)
MANY = 60
HELD = """
    SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE locktype = 'advisory' AND granted AND datname = current_database()
"""


@pytest.fixture
def owing(own_demo: Ledger) -> Ledger:
    """The demo with many more open invoices, all long past due on DAY."""
    with own_demo.workshop() as workshop:
        issued = [fact for fact in workshop.log.page(0, 100_000) if isinstance(fact.event, Invoice.Issued)]
        one = issued[-1].event
        for n in range(MANY):
            perform(
                workshop,
                "invoice.issue",
                invoicing.issue_invoice,
                day=one.issued_on,
                invoice_id=UUID(int=n + 1, version=4),
                activity_id=one.activity_id,
                client_id=one.client_id,
                issued_on=one.issued_on,
                supplied_on=one.issued_on,
                due_on=None,
                lines=[AskedLine("work", "1", "100", VatCategory.STANDARD, 2100, "")],
            )
        workshop.projector.catch_up()
    return own_demo


def reminders(ledger: Ledger) -> list[Reminder.FellDue]:
    with ledger.workshop() as workshop:
        facts = [each.event for each in workshop.log.page(0, 100_000)]
    return [each for each in facts if isinstance(each, Reminder.FellDue)]


def owed(ledger: Ledger) -> set[UUID]:
    with ledger.workshop() as workshop:
        return {each.invoice_id for each in open_receivables(workshop.up_to_date())}


def test_every_open_invoice_past_its_day_is_reminded_of_once_a_day(own_demo: Ledger) -> None:
    said = own_demo.json("schedule", "--as-of", str(DAY))["done"]
    found = reminders(own_demo)
    assert len(found) >= 3
    assert {each.invoice_id for each in found} == owed(own_demo)
    assert said == [
        {"job": "payment-reminders", "period": str(DAY), "recorded": len(found), "refused": {}},
        {"job": "monthly-contributions", "period": str(DAY), "recorded": 0, "refused": {}},
        {"job": "quotations-lapse", "period": str(DAY), "recorded": 0, "refused": {}},
    ]
    assert {each.actor for each in found} == {"tutti:scheduler"}

    again = own_demo.json("schedule", "--as-of", str(DAY))["done"]
    assert [(each["recorded"], each["refused"]) for each in again] == [(0, {})] * 3
    tomorrow = own_demo.tutti("schedule", "--as-of", str(DAY + timedelta(days=1)))
    assert f"0 recorded, {len(found)} reminder-not-due" in tomorrow
    assert len(reminders(own_demo)) == len(found)
    assert own_demo.json("replay")["different"] == []


def test_a_quotation_that_nobody_answered_lapses_the_day_after_it_was_valid(own_demo: Ledger) -> None:
    first_on, quotation_id = date(2026, 6, 1), UUID(int=570)
    with own_demo.workshop() as workshop:
        reader = workshop.up_to_date()
        activity = activities(reader)[0]
        client = clients(reader, entity_id=activity.entity_id)[0]
        work = AskedLine("work", "1", "100", VatCategory.STANDARD, 2_100, "")
        perform(
            workshop,
            "quotation.draft",
            draft_quotation,
            day=first_on,
            quotation_id=quotation_id,
            activity_id=activity.activity_id,
            client_id=client.client_id,
            valid_until=first_on,
            lines=[work],
        )
        perform(workshop, "quotation.send", send_quotation, day=first_on, quotation_id=quotation_id)
    assert own_demo.json("schedule", "--as-of", str(first_on))["done"][2]["recorded"] == 0
    lapsed = own_demo.json("schedule", "--as-of", str(first_on + timedelta(days=1)))["done"][2]
    assert (lapsed["job"], lapsed["recorded"], lapsed["refused"]) == ("quotations-lapse", 1, {})
    assert own_demo.json("schedule", "--as-of", str(first_on + timedelta(days=2)))["done"][2]["recorded"] == 0
    (shown,) = own_demo.json("quotations")["quotations"]
    assert shown["state"] == "lapsed"


def test_nothing_is_due_before_its_day(own_demo: Ledger) -> None:
    with own_demo.workshop() as workshop:
        first_due_on = min(each.due_on for each in open_receivables(workshop.up_to_date()))
    done, *_ = own_demo.json("schedule", "--as-of", str(first_due_on))["done"]
    assert (done["recorded"], done["refused"]) == (0, {})
    assert reminders(own_demo) == []


def test_the_fixed_part_of_each_month_begun_is_charged_once_to_each_activity_open_on_its_first_day(
    own_demo: Ledger,
) -> None:
    first_on = date(2027, 4, 1)
    with own_demo.workshop() as workshop:
        entity_id = entities(workshop.up_to_date())[0].entity_id
        perform(
            workshop,
            "contribution-rule.enact",
            enact_contribution_rule,
            day=first_on,
            entity_id=entity_id,
            valid_from=first_on,
            rate_bp=0,
            fund_shares=(),
            fixed_month_c=30_00,
            decision_ref="assembly",
        )
        for month in ("2027-04", "2027-05", "2027-06", "2027-07"):
            perform(workshop, "period.open", open_period, day=first_on, entity_id=entity_id, month=month)
        opened = len(activities(workshop.up_to_date(), entity_id=entity_id))
    done = own_demo.json("schedule", "--as-of", "2027-06-30")["done"][1]
    assert opened > 0
    assert (done["job"], done["recorded"], done["refused"]) == ("monthly-contributions", 3 * opened, {})
    assert own_demo.json("schedule", "--as-of", "2027-06-30")["done"][1]["recorded"] == 0
    assert own_demo.json("schedule", "--as-of", "2027-07-01")["done"][1]["recorded"] == opened
    with own_demo.workshop() as workshop:
        facts = [each.event for each in workshop.log.page(0, 100_000)]
    charged = [(e.activity_id, e.month) for e in facts if isinstance(e, ContributionMonth.Charged)]
    assert len(set(charged)) == len(charged) == 4 * opened


def test_a_scheduler_killed_in_the_middle_is_followed_by_one_that_records_the_rest_once(
    owing: Ledger,
) -> None:
    open_invoices = owed(owing)
    assert len(open_invoices) > MANY
    before, in_the_middle = 0, 0
    for number in (1, 2, 3):
        day = str(DAY + timedelta(days=14 * number))
        _kill_at_the_first_reminder(owing, day)
        so_far = len(reminders(owing)) - before
        in_the_middle += 0 < so_far < len(open_invoices)
        owing.tutti("schedule", "--as-of", day)
        before = len(reminders(owing))
        assert before == number * len(open_invoices)
    assert in_the_middle, "no kill came in the middle"
    told = Counter((each.invoice_id, each.number) for each in reminders(owing))
    assert told == Counter((invoice, number) for invoice in open_invoices for number in (1, 2, 3))


def _kill_at_the_first_reminder(ledger: Ledger, day: str) -> None:
    where = ["--data-dir", str(ledger.settings.data_dir)]
    with psycopg.connect(ledger.settings.database_url or "", autocommit=True) as connection:
        size = "SELECT size FROM tutti_default.head"
        before = connection.execute(size).fetchone()
        process = subprocess.Popen(
            [sys.executable, "-m", "workers", "schedule", "--as-of", day, *where],
            env=ledger.environment(),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        while process.poll() is None and connection.execute(size).fetchone() == before:
            time.sleep(0.001)
        process.kill()
        process.wait()


def test_only_one_leads_and_the_next_one_follows_when_its_session_ends(dsn: str) -> None:
    first, second, other = (
        Leadership(dsn, tenant="default", work=work) for work in ("scheduler", "scheduler", "other work")
    )
    assert first.held()
    assert first.held()
    assert not second.held()
    assert other.held()
    with psycopg.connect(dsn, autocommit=True) as connection:
        for (pid,) in connection.execute(HELD).fetchall():
            connection.execute("SELECT pg_terminate_backend(%s)", [pid])
    deadline = time.monotonic() + 5
    while not second.held():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert not first.held()
    assert other.held()
    for each in (first, second, other):
        each.close()


def test_beside_a_scheduler_that_runs_another_pass_is_refused(own_demo: Ledger) -> None:
    lead = Leadership(own_demo.settings.database_url or "", tenant="default", work="scheduler")
    assert lead.held()
    refused = own_demo.run("schedule", "--once", "--json")
    lead.close()
    assert (refused.exit_code, json.loads(refused.stdout)["code"]) == (1, "another-scheduler")
    assert own_demo.run("schedule", "--once").exit_code == 0


def test_the_service_ends_when_it_is_told_to(own_demo: Ledger) -> None:
    own_demo.tutti("trial-balance")
    where = ["--data-dir", str(own_demo.settings.data_dir)]
    process = subprocess.Popen(
        [sys.executable, "-m", "workers", "schedule", *where],
        env={**os.environ, **own_demo.environment()},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    said = json.loads(process.stderr.readline())
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    process.stderr.close()
    assert (said["event"], said["job"]) == ("job.done", "payment-reminders")
