"""`tutti import-bank`: each entry once, the exact reference allocates, the rest is suggested."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from domain.aggregates.invoice import Invoice
from domain.ledger import invoicing
from domain.ledger.invoicing import AskedLine
from domain.vat import VatCategory
from interchange.camt053 import entry_of, statement_of, write_camt053
from interchange.camt053.writer import VERSIONS
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from tests import cooperative
from tests.ledgers import Ledger
from workers.asking import perform

MONTH = date(2026, 4, 1)
ACCOUNT = belgian_iban(UNASSIGNED_BANK, 77)
REGISTER = ("entity", "register", "--code", "COOP", "--name", "Test", "--enterprise-no", "0999999922")


@dataclass(frozen=True)
class Owed:
    invoice_id: UUID
    reference: str
    gross_c: int


@pytest.fixture
def founded(empty_ledger: Ledger) -> Ledger:
    """A ledger with one entity and one open month."""
    empty_ledger.tutti(*REGISTER)
    return empty_ledger


def owed_by_clients(ledger: Ledger, count: int) -> list[Owed]:
    """Issue so many invoices of different amounts and return what their clients owe."""
    owed = []
    with ledger.workshop() as workshop:

        def ask(use_case: object, *, on: date, actor: str = "test", **says: object) -> None:
            perform(workshop, "test", use_case, day=on, **says)  # type: ignore[arg-type] # any use case

        cooperative.found(ask)
        line = AskedLine("work", "1", "100", VatCategory.STANDARD, 2100, "")
        for n in range(count):
            outcome = perform(
                workshop,
                "invoice.issue",
                invoicing.issue_invoice,
                day=date(2026, 3, 2),
                invoice_id=UUID(int=n + 1, version=4),
                activity_id=cooperative.ACTIVITY,
                client_id=cooperative.CLIENT,
                issued_on=date(2026, 3, 2),
                supplied_on=date(2026, 3, 2),
                due_on=None,
                lines=[replace(line, unit_price=str(100 + n))],
            )
            issued = next(each.event for each in outcome.facts if isinstance(each.event, Invoice.Issued))
            owed.append(Owed(issued.originator_id, issued.reference, issued.gross_c))
    return owed


@pytest.mark.parametrize("version", VERSIONS)
def test_a_month_of_fifty_allocates_the_forty_with_a_valid_reference_and_suggests_for_ten(
    empty_ledger: Ledger, tmp_path: Path, version: str
) -> None:
    owed = owed_by_clients(empty_ledger, 50)
    entries = [
        entry_of(
            key=f"E{n}",
            booked_on=date(2026, 3, 10),
            amount_c=each.gross_c,
            creditor_refs=(each.reference,) if n < 40 else (),
            counterparty_name="Client and Sons",
            remittance="" if n < 40 else "for your work",
        )
        for n, each in enumerate(owed)
    ]
    month = statement_of(
        account=cooperative.ACCOUNT,
        number=1,
        opening_c=cooperative.OPENING_C,
        from_on=date(2026, 3, 1),
        to_on=date(2026, 3, 31),
        entries=entries,
    )
    file = tmp_path / "march.xml"
    file.write_bytes(
        write_camt053([month], version=version, created_at=datetime(2026, 4, 1, tzinfo=UTC), message_id="M1")
    )

    answer = empty_ledger.json("import-bank", str(file))["files"][0]
    assert answer["new_lines"] == 50
    assert {each["invoice_id"] for each in answer["allocated"]} == {
        str(each.invoice_id) for each in owed[:40]
    }
    assert len(answer["waiting"]) == 10
    suggested = [waiting["suggestions"][0]["invoice_id"] for waiting in answer["waiting"]]
    assert sorted(suggested) == sorted(str(each.invoice_id) for each in owed[40:])

    with empty_ledger.workshop() as workshop:
        size = workshop.log.head().size
    again = empty_ledger.json("import-bank", str(file))["files"][0]
    assert (again["known"], again["new_lines"], again["allocated"]) == (1, 0, [])
    assert len(again["waiting"]) == 10
    with empty_ledger.workshop() as workshop:
        assert workshop.log.head().size == size


def test_a_statement_for_an_unknown_account_says_to_open_it_first(founded: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "statement.xml"
    month = statement_of(account=ACCOUNT, number=1, opening_c=100_00, from_on=MONTH, to_on=MONTH, entries=())
    file.write_bytes(
        write_camt053([month], version="001.08", created_at=datetime(2026, 4, 2, tzinfo=UTC), message_id="M1")
    )
    refused = founded.run("import-bank", str(file))
    assert refused.exit_code == 1
    assert "open it first, with its opening balance" in refused.stderr

    founded.tutti("period", "open", "2026-04", "--entity", "COOP")
    founded.tutti("bank", "open", ACCOUNT, "--entity", "COOP", "--opening", "100.00", "--on", "2026-04-01")
    assert founded.json("import-bank", str(file))["files"][0]["statements"] == 1


def test_a_file_that_does_not_balance_is_refused_whole(founded: Ledger, tmp_path: Path) -> None:
    founded.tutti("period", "open", "2026-04", "--entity", "COOP")
    founded.tutti("bank", "open", ACCOUNT, "--entity", "COOP", "--opening", "100.00", "--on", "2026-04-01")
    entry = entry_of(key="E1", booked_on=MONTH, amount_c=25_00)
    month = statement_of(
        account=ACCOUNT, number=1, opening_c=100_00, from_on=MONTH, to_on=MONTH, entries=[entry]
    )
    content = write_camt053(
        [month], version="001.02", created_at=datetime(2026, 4, 2, tzinfo=UTC), message_id="M1"
    )
    file = tmp_path / "wrong.xml"
    file.write_bytes(content.replace(b">125.00<", b">125.01<"))
    with founded.workshop() as workshop:
        size = workshop.log.head().size

    refused = founded.run("import-bank", str(file))
    assert refused.exit_code == 1
    assert "does not balance" in refused.stderr
    assert "125.01" in refused.stderr
    with founded.workshop() as workshop:
        assert workshop.log.head().size == size


def test_of_several_files_the_good_ones_are_reported_and_the_bad_one_is_named(
    founded: Ledger, tmp_path: Path
) -> None:
    founded.tutti("period", "open", "2026-04", "--entity", "COOP")
    founded.tutti("bank", "open", ACCOUNT, "--entity", "COOP", "--opening", "100.00", "--on", "2026-04-01")
    month = statement_of(account=ACCOUNT, number=1, opening_c=100_00, from_on=MONTH, to_on=MONTH, entries=())
    good, bad = tmp_path / "good.xml", tmp_path / "bad.cod"
    good.write_bytes(
        write_camt053([month], version="001.08", created_at=datetime(2026, 4, 2, tzinfo=UTC), message_id="M1")
    )
    bad.write_text("0000002042672505        00000000\n")

    answer = founded.run("import-bank", str(good), str(bad), "--json")
    assert answer.exit_code == 1
    document = json.loads(answer.stdout)
    assert [each["statements"] for each in document["files"]] == [1]
    assert document["refused"]["code"] == "not-a-camt053"
    assert document["refused"]["facts"] == {"file": str(bad), "found": "CODA"}

    said = founded.run("import-bank", str(good), str(bad))
    assert "1 known before" in said.stdout
    assert "bad.cod" in said.stderr


@pytest.fixture
def samples() -> Path:
    """The third-party bank files; without them the tests of this marker are skipped, loudly."""
    place = os.environ.get("TUTTI_SAMPLES_DIR")
    root = Path(place) if place else Path(__file__).parents[3] / "shared" / "samples"
    if not (root / "camt" / "expected.csv").exists():
        pytest.skip("no third-party samples: set TUTTI_SAMPLES_DIR")
    return root / "camt"


def import_sample(ledger: Ledger, file: Path) -> dict[str, object]:
    document: dict[str, object] = ledger.json("import-bank", str(file), "--open-accounts-of", "COOP")[
        "files"
    ][0]
    return document


@pytest.mark.samples
def test_the_belgian_month_of_268_entries_imports_balances_and_imports_again_without_a_new_fact(
    founded: Ledger, samples: Path
) -> None:
    founded.tutti("period", "open", "2024-11", "--entity", "COOP")
    file = samples / "BE68793230773034-202411.xml"
    first = import_sample(founded, file)
    assert (first["statements"], first["new_lines"]) == (1, 268)

    books = founded.json("trial-balance")
    bank = next(row for row in books["rows"] if row["account"] == "550")
    assert bank["balance_debit_c"] == 87_539_12
    assert books["total_debit_c"] == books["total_credit_c"]

    again = import_sample(founded, file)
    assert (again["known"], again["new_lines"], again["allocated"]) == (1, 0, [])
    assert founded.json("trial-balance") == books
    assert founded.json("replay")["different"] == []


@pytest.mark.samples
def test_every_sample_is_taken_or_refused_as_its_arithmetic_says(founded: Ledger, samples: Path) -> None:
    for month in ("2014-12", "2015-01", "2010-10", "2014-01", "2024-03", "2024-11"):
        founded.tutti("period", "open", month, "--entity", "COOP")
    with (samples / "expected.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["message"].startswith("camt.053")]
    assert len(rows) > 8
    for name in sorted({row["file"] for row in rows}):
        ours = [row for row in rows if row["file"] == name]
        taken = founded.run("import-bank", str(samples / name), "--open-accounts-of", "COOP", "--json")
        should_be_taken = all(row["balances"] == "True" for row in ours)
        assert (taken.exit_code == 0) == should_be_taken, (name, taken.stdout)
        assert "Traceback" not in taken.stderr + taken.stdout


def test_read_models_of_another_version_are_named_and_nothing_is_imported(
    own_demo: Ledger, tmp_path: Path
) -> None:
    own_demo.alter("UPDATE tutti_default_read.read_model SET shape = 'of yore' WHERE name = 'directory'")
    file = tmp_path / "any.xml"
    file.write_text("<Document/>")
    refused = own_demo.run("import-bank", str(file))
    assert refused.exit_code == 1
    assert refused.stderr.startswith("tutti: These read models were made by another version")
