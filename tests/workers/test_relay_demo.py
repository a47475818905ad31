"""The demo plays every kind of fact there is: what nobody could open in it would be a promise on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from projections.lookups import members
from projections.payee_debts import payee_debts
from projections.purchases import declarations
from tests.databases import Server
from tests.interchange.test_journals import bean_check, hledger_check
from tests.ledgers import Ledger, session_on, settings_on
from tests.test_docs import ROOT
from workers.demo.group.life import GroupSummary, fill_group
from workers.demo.group.size import Size
from workers.demo.relay import year
from workers.demo.relay.cast import NAMES, the_house

TOPICS = "SELECT DISTINCT topic FROM tutti_default.event"

Filled = tuple[Ledger, GroupSummary]


@pytest.fixture(scope="module")
def whole(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Twelve members of two entities through fourteen months, and the year of the third."""
    with server.database() as dsn:
        ledger = Ledger(settings_on(dsn, tmp_path_factory.mktemp("relay")))
        yield ledger, fill_group(session_on(ledger.settings), Size(seed=1, members=12, months=14))


def test_every_kind_of_fact_occurs(whole: Filled) -> None:
    ledger, _ = whole
    with ledger.workshop() as workshop, psycopg.connect(workshop.dsn) as connection:
        occur = {str(topic) for (topic,) in connection.execute(TOPICS)}
        every = set(workshop.registry.topics())
    assert every - occur == set()


def test_its_third_entity_takes_over_from_old_books_that_lie_beside_the_statements(whole: Filled) -> None:
    ledger, summary = whole
    assert summary.entities == ("COOP", "NOORD", "RELAIS")
    assert summary.members == 12 + len(NAMES)
    old_books = ledger.settings.data_dir / "demo" / "RELAIS-old-books.json"
    assert old_books.read_bytes().startswith(b'{\n  "format": "tutti-old-books-1"')
    with ledger.workshop() as workshop:
        known = {each.name for each in members(workshop.up_to_date())}
    assert {each.person.name for each in the_house().members} <= known


def test_the_year_ends_in_good_order(whole: Filled) -> None:
    ledger, _ = whole
    for code in ("COOP", "NOORD", "RELAIS"):
        books = ledger.json("trial-balance", "--entity", code)
        assert books["total_debit_c"] == books["total_credit_c"] > 0
    assert ledger.json("doctor", "--books")["clean"]
    assert ledger.json("replay")["different"] == []
    assert ledger.run("verify").exit_code == 0


def test_who_left_is_paid_whole_and_what_a_fund_lent_is_owed_by_nobody(whole: Filled) -> None:
    ledger, _ = whole
    left = ledger.json("shares", "--entity", "RELAIS")["withdrawals"]
    assert [(each["owed_c"], each["paid_c"], each["blocked_c"]) for each in left] == [(474_00, 474_00, 0)] * 3
    lacked = {each["amount_c"]: each for each in ledger.json("deficits", "--entity", "RELAIS")["deficits"]}
    assert {step["step"] for step in lacked[90_00]["steps"]} == {
        "consent",
        "share-set-off",
        "share-set-off-reversal",
    }
    assert lacked[90_00]["open_c"] == 0
    aid = ledger.json("fund", "--aid", "--entity", "RELAIS")["aid"]
    lent = {each["state"]: each for each in aid if each["outcome"] == "lent"}
    assert (lent["repaid"]["repaid_c"], lent["repaid"]["outstanding_c"]) == (900_00, 0)
    assert lent["written-off"]["written_off_c"] == lent["written-off"]["recovered_c"] == 300_00
    assert "given-up" in {each["state"] for each in aid}


def test_what_went_wrong_with_clients_and_trials_is_settled_and_says_how(whole: Filled) -> None:
    ledger, _ = whole
    relay = ("--entity", "RELAIS")
    states = {each["state"] for each in ledger.json("quotations", *relay)["quotations"]}
    assert states >= {"declined", "withdrawn", "lapsed", "confirmed"}
    paid, waived = (each["paid_costs_c"] for each in ledger.json("late-claims", *relay)["late_claims"][::-1])
    assert (paid, waived) == (40_00, 0)
    assert not any(each["open_c"] for each in ledger.json("late-claims", *relay)["late_claims"])
    doubted = {each["gross_c"]: each for each in ledger.json("doubts", *relay)["doubts"]}
    assert (doubted[1_210_00]["written_off_c"], doubted[1_210_00]["recovered_c"]) == (605_00, 121_00)
    assert (doubted[605_00]["written_off_c"], doubted[605_00]["recovered_c"]) == (605_00, 121_00)
    lacked = {each["amount_c"]: each for each in ledger.json("deficits", *relay)["deficits"]}
    assert (lacked[300_00]["open_c"], lacked[300_00]["lost_c"]) == (0, 0)
    assert (lacked[250_00]["open_c"], lacked[250_00]["lost_c"]) == (0, 100_00)


def test_what_was_paid_in_vain_or_by_mistake_is_paid_once_and_owed_by_nobody(whole: Filled) -> None:
    ledger, _ = whole
    of_relay = ("--entity", "RELAIS")
    returned = ledger.json("orders", *of_relay, "--state", "returned")["orders"]
    assert {(each["pays"], each["amount_c"]) for each in returned} == {
        ("wage", 579_10),
        ("expense-claim", 50_82),
    }
    withdrawn = ledger.json("orders", *of_relay, "--state", "withdrawn")["orders"]
    lost = {each["document_id"] for each in withdrawn if each["pays"] in {"wage", "grant", "vat"}}
    paid = ledger.json("orders", *of_relay, "--state", "cleared")["orders"]
    assert len(lost) == 3
    assert lost <= {each["document_id"] for each in paid}
    wrong = [ledger.json(what, *of_relay, "--state", "reversed")[what] for what in ("payrolls", "claims")]
    assert [len(each) for each in wrong] == [2, 4]
    with ledger.workshop() as workshop:
        owed = payee_debts(workshop.reader, entity_id=the_house().entity_id)
    assert [each.open_c for each in owed] == [0] * 5
    assert {each["state"] for each in ledger.json("transfers", *of_relay)["transfers"]} >= {
        "declined",
        "reversed",
    }


def test_what_was_declared_by_mistake_is_declared_anew_and_paid(whole: Filled) -> None:
    ledger, _ = whole
    with ledger.workshop() as workshop:
        declared = declarations(workshop.up_to_date(), entity_id=the_house().entity_id)
    (wrong,) = [each for each in declared if each.withdrawn_on]
    span = (wrong.levy, wrong.first_on, wrong.last_on)
    _, anew = [each for each in declared if (each.levy, each.first_on, each.last_on) == span]
    assert wrong.order_id is None
    assert (anew.withdrawn_on, anew.due_c, anew.deductible_c) == (None, wrong.due_c, wrong.deductible_c)
    cleared = ledger.json("orders", "--entity", "RELAIS", "--state", "cleared")["orders"]
    assert anew.declaration_id in {UUID(each["document_id"]) for each in cleared}


@pytest.mark.parametrize("words", ["bills", "owed-back", "declarations", "members", "exclusions", "disputes"])
@pytest.mark.parametrize("lang", ["en", "fr", "nl"])
def test_what_it_plays_can_be_listed(whole: Filled, words: str, lang: str) -> None:
    ledger, _ = whole
    (found,) = [each for each in ledger.json(words).values() if isinstance(each, list)]
    assert found
    table = ledger.tutti(words, "--lang", lang)
    assert table.count("\n") > len(found)


@pytest.mark.parametrize(("name", "check"), [("beancount", bean_check), ("hledger", hledger_check)])
def test_the_whole_group_holds_by_another_program(
    whole: Filled, tmp_path: Path, name: str, check: Callable[[Path], int]
) -> None:
    ledger, _ = whole
    ledger.tutti("export-journal", "--format", name, "--output", str(tmp_path / "books"))
    assert check(tmp_path / "books") == 0


def test_what_the_bank_charges_is_explained_and_waits_for_nobody(whole: Filled) -> None:
    ledger, _ = whole
    assert ledger.json("waiting", "--for", "debit-to-explain")["items"] == []


def test_a_demo_shorter_than_a_year_has_two_entities(empty_ledger: Ledger) -> None:
    summary = fill_group(session_on(empty_ledger.settings), Size(members=2, months=1))
    assert summary.entities == ("COOP", "NOORD")


def test_a_motion_left_for_another_day_bears_its_verdict_only_where_it_was_decided(whole: Filled) -> None:
    ledger, _ = whole
    listed = ledger.tutti("assemblies", "--entity", "RELAIS").splitlines()
    insurance = [line.strip() for line in listed if "An insurance for lent tools" in line]
    assert [line.endswith("adopted") for line in insurance] == [True, False]
    (rules,) = [line.strip() for line in listed if "House rules" in line]
    assert rules.endswith("adopted")
    (fee,) = [line.strip() for line in listed if "A fee for the workshop" in line]
    assert fee.endswith("annulled")


def test_every_vote_of_its_members_can_be_counted_again(whole: Filled) -> None:
    ledger, _ = whole
    relay = str(the_house().entity_id)
    polls = [each for each in ledger.json("votes")["polls"] if each["entity_id"] == relay]
    assert [each["state"] for each in polls].count("annulled") == 2
    assert all(ledger.json("votes", "recount", each["motion_id"])["agrees"] for each in polls)


def test_the_days_of_the_year_are_working_days_of_2025() -> None:
    assert year.day(1, 1) == date(2025, 1, 1)
    assert year.day(3, 1) == date(2025, 3, 3)
    assert [str(month) for month in year.months(Size(months=14))] == [f"2025-{n:02}" for n in range(1, 13)]


def test_the_page_of_the_demo_names_each_play() -> None:
    page = (ROOT / "docs/reference/demo.md").read_text()
    plays = {path.stem for path in (ROOT / "workers/demo/relay").glob("*.py")}
    kept_by_all = {"__init__", "cast", "house", "joining", "life", "meeting", "old_books", "payouts", "year"}
    for play in plays - kept_by_all:
        assert f"`{play}`" in page, play
