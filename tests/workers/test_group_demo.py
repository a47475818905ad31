"""The large demo: a group of two entities, believable, fictional, and the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest

from domain.aggregates.bank_line import BankLine
from domain.aggregates.dividend_due import DividendDue
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.fund_guarantee import FundGuarantee
from domain.errors import Refusal
from projections.fiscal_years import fiscal_years
from projections.intercompany import reconciliation
from projections.lookups import clients, entities, members
from tests.databases import Server
from tests.ledgers import Ledger, session_on, settings_on
from tests.workers.test_demo import digests_of
from workers.demo.group.agenda import Agenda
from workers.demo.group.extraordinary import TITLE
from workers.demo.group.life import GroupSummary, fill_group
from workers.demo.group.size import Month, NotThatManyMembers, NotThatManyMonths, Size, later, working

TOPICS = "SELECT topic, count(*) FROM tutti_default.event GROUP BY topic"
HAPPENINGS = {
    "activity.closed.v1",
    "activity.frozen.v1",
    "activity.opened.v1",
    "activity.contribution-charged.v1",
    "contribution-month.charged.v1",
    "contribution-year.base-counted.v1",
    "assembly.attendance-recorded.v1",
    "assembly.quorum-not-reached.v1",
    "motion.conflict-declared.v1",
    "assembly.closed.v1",
    "assembly.proxy-granted.v1",
    "bank-account.statement-imported.v1",
    "bank-line.allocated.v1",
    "bank-line.overpayment-held.v1",
    "bank-line.overpayment-released.v1",
    "bank-line.refund-ordered.v1",
    "credit-note.issued.v1",
    "declaration.filed.v1",
    "deficit.recognised.v1",
    "deficit.written-off.v1",
    "deficit.recovery-received.v1",
    "group-link.mirrored.v1",
    "internal-transfer.accepted.v1",
    "legal-entity.account-mapped.v1",
    "payroll.director-pay-posted.v1",
    "doubtful-claim.doubt-declared.v1",
    "doubtful-claim.value-adjustment-recorded.v1",
    "expense-claim.approved.v1",
    "expense-claim.reversed.v1",
    "fiscal-year.opened.v1",
    "fund-aid.advance-paid.v1",
    "fund-aid.advance-written-off.v1",
    "fund-aid.decided.v1",
    "fund-aid.grant-paid.v1",
    "fund-aid.repayment-received.v1",
    "fund-aid.requested.v1",
    "invoice-draft.amended.v1",
    "invoice-draft.issued.v1",
    "invoice-draft.rejected.v1",
    "invoice-draft.withdrawn.v1",
    "invoice.issued.v1",
    "invoice.payment-received.v1",
    "membership.resignation-notified.v1",
    "motion.adopted.v1",
    "mutual-fund.contribution-collected.v1",
    "mutual-fund.late-payment-earned.v1",
    "payment-order.cleared.v1",
    "payee-account.recorded.v1",
    "payroll.slip-posted.v1",
    "payroll.slip-reversed.v1",
    "payee-debt.repayment-received.v1",
    "payee-debt.repayment-reversed.v1",
    "payee-debt.set-off.v1",
    "payee-debt.set-off-reversed.v1",
    "purchase-credit-note.received.v1",
    "purchase-invoice.approved.v1",
    "purchase-invoice.reversed.v1",
    "period.closed.v1",
    "poll.counted.v1",
    "reminder.fell-due.v1",
    "reminder.sent.v1",
    "late-claim.claimed.v1",
    "late-claim.payment-received.v1",
    "quotation.order-confirmed.v1",
    "ordered-invoice.drawn.v1",
    "distributions.tests-recorded.v1",
    "election.counted.v1",
    "election-paper.paper-changed.v1",
    "mandate-register.mandate-conferred.v1",
    "exclusion.decision-notified.v1",
    "exclusion.hearing-held.v1",
    "membership.deceased.v1",
    "membership.excluded.v1",
    "membership.heirs-represented.v1",
    "share-account.allotted.v1",
    "share-account.cancelled.v1",
    "share-account.transferred-in.v1",
    "withdrawal-share.payment-ordered.v1",
    "voting-right.given-by-proxy.v1",
    "voting-right.vote-changed.v1",
}

Filled = tuple[Ledger, GroupSummary]


@pytest.fixture(scope="module")
def half_a_year(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Twelve members through six months."""
    with server.database() as dsn:
        ledger = Ledger(settings_on(dsn, tmp_path_factory.mktemp("group")))
        yield ledger, fill_group(session_on(ledger.settings), Size(seed=1, members=12, months=6))


def test_half_a_year_of_twelve_members_has_every_kind_of_happening(half_a_year: Filled) -> None:
    ledger, summary = half_a_year
    with psycopg.connect(ledger.settings.database_url or "") as connection:
        counted = {str(topic): int(count) for topic, count in connection.execute(TOPICS)}
    assert HAPPENINGS - counted.keys() == set()
    assert counted["assembly.closed.v1"] == 8
    assert sum(counted.values()) == summary.position


LISTS = {
    "activities": ("activities", "TRIAL", "closed"),
    "deficits": ("deficits", "TRIAL", "80.00"),
    "transfers": ("transfers", "coopérative", "accepté"),
    "account-codes": ("account_codes", "400000", "NOORD"),
}


def test_what_activities_left_lacked_and_sold_is_listed_in_words_and_in_json(half_a_year: Filled) -> None:
    ledger, _ = half_a_year
    for command, (key, *told) in LISTS.items():
        lang = "fr" if command == "transfers" else "en"
        shown = ledger.tutti(command, "--entity", "NOORD", "--lang", lang)
        assert all(word in shown for word in told), (command, shown)
        assert ledger.json(command, "--entity", "NOORD")[key], command
    assert "written off" in ledger.tutti("deficits", "--steps")
    (owed, *_) = ledger.json("deficits")["deficits"]
    assert [step["step"] for step in owed["steps"]] == ["write-off", "recovery"]
    assert (owed["amount_c"], owed["lost_c"]) == (80_00, 30_00)
    assert "Koper" in ledger.tutti("intercompany", "--lang", "nl")
    assert ledger.json("intercompany")["difference_c"] == 0


def test_what_members_drafted_was_issued_given_back_withdrawn_or_waits(half_a_year: Filled) -> None:
    ledger, summary = half_a_year
    drafts = ledger.json("invoice-drafts")["invoice_drafts"]
    assert {each["state"] for each in drafts} == {"submitted", "rejected", "issued", "withdrawn"}
    assert any(each["reason"] for each in drafts if each["state"] == "issued")
    waiting = ledger.json("waiting", "--for", "invoice-to-issue")["items"]
    assert len(waiting) == len(summary.entities)
    assert {each["id"] for each in waiting} == {
        each["invoice_draft_id"] for each in drafts if each["state"] == "submitted"
    }


def test_each_entity_of_the_group_has_books_of_its_own_that_balance(half_a_year: Filled) -> None:
    ledger, summary = half_a_year
    assert summary.entities == ("COOP", "NOORD")
    for code in summary.entities:
        books = ledger.json("trial-balance", "--entity", code)
        assert books["total_debit_c"] == books["total_credit_c"] > 0
        assert books["total_balance_debit_c"] == books["total_balance_credit_c"] > 0
    with ledger.workshop() as workshop:
        assert [each.code for each in entities(workshop.reader)] == ["COOP", "NOORD"]


def test_each_entity_elects_its_directors_and_a_recount_agrees(half_a_year: Filled) -> None:
    ledger, summary = half_a_year
    held = ledger.json("election", "list")["elections"]
    assert [each["office"] for each in held] == ["director"] * len(summary.entities)
    for each in held:
        shown = ledger.json("election", "show", each["election_id"])
        assert all(shown["agreement"].values())
        assert ledger.json("votes", "show", each["election_id"]) == shown
        assert ledger.json("votes", "recount", each["election_id"])["agrees"] is True
    book = ledger.json("mandates")
    assert sum(office["seats"] for office in book["offices"]) == len(book["mandates"]) > 0


def test_what_lacked_its_quorum_is_decided_by_the_second_assembly(half_a_year: Filled) -> None:
    ledger, summary = half_a_year
    held = [
        (each["assembly"]["held_on"], motion["reached"], motion["adopted"], motion["motion_id"])
        for each in ledger.json("assemblies")["assemblies"]
        for motion in each["motions"]
        if motion["title"] == TITLE
    ]
    assert [told[1:3] for told in sorted(held)] == [(False, None)] * len(summary.entities) + [
        (True, True)
    ] * len(summary.entities)
    for _, _, _, motion_id in held:
        assert ledger.json("votes", "recount", motion_id)["agrees"] is True


def test_what_the_entities_sold_each_other_agrees_on_both_sides(half_a_year: Filled) -> None:
    ledger, _ = half_a_year
    with ledger.workshop() as workshop:
        found = reconciliation(workshop.up_to_date())
    assert len(found.items) == 2
    assert found.difference_c == 0
    assert {each.purchase_state for each in found.items} == {"approved"}


def test_its_read_models_are_what_a_replay_makes_and_its_log_verifies(half_a_year: Filled) -> None:
    ledger, _ = half_a_year
    assert ledger.json("replay")["different"] == []
    assert ledger.run("verify").exit_code == 0


def test_a_year_whose_months_are_closed_is_carried_what_it_gives_is_paid_and_receipts_are_returned(
    empty_ledger: Ledger,
) -> None:
    fill_group(session_on(empty_ledger.settings), Size(seed=3, members=8, months=14))
    with empty_ledger.workshop() as workshop:
        reader = workshop.up_to_date()
        years = [(year.year, year.state) for year in fiscal_years(reader)]
        events = [each.event for each in workshop.log.page(0, 100_000)]
    assert sorted(years) == 2 * [("2024", "carried")] + 3 * [("2025", "open")]
    assert any(isinstance(event, BankLine.PaymentReturned) for event in events)
    assert sum(isinstance(event, DividendDue.PaymentWithdrawn) for event in events) == 2
    given = empty_ledger.json("dividends")
    assert given["dividends"]
    assert all(each["left"] == 0 and each["withheld_c"] for each in given["dividends"])
    assert all(each["paid_c"] == each["net_c"] > 0 for each in given["holders"])
    back = empty_ledger.json("patronage")
    assert back["refunds"]
    assert all(each["given_c"] == each["amount_c"] > 0 for each in back["refunds"])
    assert sum(each["amount_c"] for each in back["parts"]) == sum(each["given_c"] for each in back["refunds"])
    assert empty_ledger.json("doctor", "--books")["clean"]


def test_some_clients_go_bankrupt_a_fund_stands_in_and_their_estate_pays_a_dividend(
    empty_ledger: Ledger,
) -> None:
    fill_group(session_on(empty_ledger.settings), Size(seed=1, members=12, months=12))
    with empty_ledger.workshop() as workshop:
        kinds = {type(each.event) for each in workshop.log.page(0, 100_000)}
    assert {DoubtfulClaim.VatReclaimed, DoubtfulClaim.LossRecognised, FundGuarantee.Called} <= kinds
    assert {DoubtfulClaim.RecoveryReceived, FundGuarantee.Recovered} <= kinds
    assert empty_ledger.json("doctor", "--books")["clean"]


def test_nobody_in_it_exists(half_a_year: Filled) -> None:
    ledger, _ = half_a_year
    with ledger.workshop() as workshop:
        people = [each.name for each in members(workshop.reader)]
        companies = [each.name for each in clients(workshop.reader)]
        houses = [each.name for each in entities(workshop.reader)]
    assert len(people) == 12
    assert all(name.endswith("(fictional)") for name in people + companies + houses)


def test_the_banks_next_statements_can_be_imported_by_whoever_goes_on(half_a_year: Filled) -> None:
    ledger, summary = half_a_year
    for file in summary.next_statements:
        (imported,) = ledger.json("import-bank", str(file))["files"]
        assert (imported["statements"], imported["known"]) == (1, 0)


def test_one_seed_makes_one_history_however_the_threads_run(server: Server, tmp_path: Path) -> None:
    def digests(seed: int, name: str) -> dict[str, str]:
        with server.database() as dsn:
            ledger = Ledger(settings_on(dsn, tmp_path / name))
            fill_group(session_on(ledger.settings), Size(seed=seed, members=5, months=3))
            return digests_of(ledger)

    first = digests(1, "first")
    assert digests(1, "again") == first
    assert digests(2, "other")["journal"] != first["journal"]


def test_the_least_there_can_be_is_a_member_of_each_entity_for_a_month(empty_ledger: Ledger) -> None:
    answer = empty_ledger.json("demo", "--members", "2", "--months", "1", "--seed", "3")
    assert (answer["members"], answer["months"], answer["seed"]) == (2, 1, 3)
    books = empty_ledger.json("trial-balance")
    assert books["total_debit_c"] == books["total_credit_c"]


@pytest.mark.parametrize(
    ("size", "refusal"),
    [
        (Size(members=0), NotThatManyMembers),
        (Size(members=-1), NotThatManyMembers),
        (Size(members=481), NotThatManyMembers),
        (Size(months=0), NotThatManyMonths),
        (Size(months=10_000), NotThatManyMonths),
    ],
)
def test_a_size_that_makes_no_sense_is_refused_by_name(
    empty_ledger: Ledger, size: Size, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        size.require_playable()
    refused = empty_ledger.run("demo", "--members", str(size.members), "--months", str(size.months), "--json")
    assert refused.exit_code == 1
    assert f'"code": "{refusal.code}"' in refused.stdout


def test_the_last_month_is_december_2025() -> None:
    size = Size(months=24)
    assert (size.first_day, str(size.month(23)), size.month(23).last) == (
        date(2024, 1, 1),
        "2025-12",
        date(2025, 12, 31),
    )


def test_working_days_pass_over_the_weekend() -> None:
    friday, saturday, sunday, monday = (date(2025, 8, day) for day in (1, 2, 3, 4))
    assert [working(day) for day in (friday, saturday, sunday)] == [friday, monday, monday]
    assert later(friday, 1) == monday
    assert Month(0, friday).working_days()[:2] == [friday, monday]


def test_an_agenda_is_lived_in_the_order_of_its_days_and_never_looks_back() -> None:
    agenda, lived = Agenda(date(2025, 1, 1)), list[tuple[str, int]]()

    def first(day: date) -> None:
        lived.append(("first", day.day))
        agenda.on(day, lambda day: lived.append(("added", day.day)))

    agenda.on(date(2025, 1, 3), lambda day: lived.append(("later", day.day)))
    agenda.on(date(2025, 1, 2), first)
    agenda.on(date(2025, 1, 2), lambda day: lived.append(("second", day.day)))
    agenda.play(date(2025, 1, 3))
    assert lived == [("first", 2), ("second", 2), ("added", 2), ("later", 3)]
    with pytest.raises(ValueError, match="is gone"):
        agenda.on(date(2025, 1, 3), first)
