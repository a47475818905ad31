"""An entity takes over from its old books, to the cent, and goes on where they ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.cutover import Cutover
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.share_account import ShareAccount
from domain.bookkeeping import chart
from domain.errors import (
    BelowFloor,
    BooksBegunAlready,
    CutoverDayClosed,
    FiguresDoNotAddUp,
    NoOpenPeriod,
    OldAccountWithoutItems,
    OldBooksDoNotBalance,
    OldCodeTwice,
    OldCodeUnknown,
    OldFundDiffers,
    OldItemsDiffer,
    OldItemTooLate,
    OldNumberBeyondLast,
    OldResultsDiffer,
    OldSharesOverlap,
    PurchaseOfOldBooks,
    Refusal,
)
from domain.funding import FundUse
from domain.ledger.activities import activity_id
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.credit_notes import issue_credit_note
from domain.ledger.cutover import take_over
from domain.ledger.funds import fund_id
from domain.ledger.invoicing import issue_invoice
from domain.ledger.members import admit_member, apply_for_membership, membership_id
from domain.ledger.old_codes import old_id
from domain.ledger.payments import approve_payment, order_purchase_payment
from domain.ledger.plans import enact_contribution_rule
from domain.ledger.purchase_corrections import reverse_purchase
from domain.ledger.purchases import purchase_id
from domain.ledger.reminders import remind_of_invoice
from domain.ledger.shares import share_account_id, transfer_shares
from domain.old_books import OldBalance, OldBooks
from domain.vat import CreditedBase, VatCategory
from tests.cooperative import (
    ENTITY,
    PERSON,
    entry,
    found_entity,
    invoice,
    join,
    statement,
)
from tests.domain.spending import balances
from tests.old_books import (
    BOOKS,
    FIRST_DAY,
    FUND,
    INVOICES,
    OLD_ACCOUNT,
    OLD_ACCOUNT_ID,
    OLD_CLIENT,
    OLD_INVOICE,
    OLD_SHA256,
    PART_PAID,
    SHARES,
    holder,
    row,
    trial_balance,
    with_balance,
)
from tests.paper import PaperLedger
from tests.scenario import stamp

DAY = date(2026, 3, 5)
A1, A2 = activity_id(ENTITY, "A1"), activity_id(ENTITY, "A2")
SOLIDARITY = fund_id(ENTITY, "SOLIDARITY")
NEW_INVOICE = UUID(int=900)
ACCOUNT_OF_M1, ACCOUNT_OF_M4 = (
    share_account_id(membership_id(ENTITY, holder(code)), "A") for code in ("M1", "M4")
)


def entity() -> PaperLedger:
    """An entity with its months open, and nothing else."""
    ledger = PaperLedger()
    found_entity(ledger.perform)
    return ledger


def cut_over(old: OldBooks = BOOKS, ledger: PaperLedger | None = None) -> PaperLedger:
    """The entity after its cutover."""
    ledger = ledger or entity()
    ledger.perform(take_over, entity_id=ENTITY, old=old, source_sha256=OLD_SHA256)
    return ledger


def stands(ledger: PaperLedger) -> Counter[str]:
    """What the accounts stand at, but those at nothing."""
    return Counter({account: cents for account, cents in balances(ledger.facts).items() if cents})


def issue(ledger: PaperLedger) -> None:
    """Issue an invoice of 1,000.00 and 210.00 VAT on A1 by a plan of 10 % without funds."""
    ledger.perform(
        enact_contribution_rule,
        on=FIRST_DAY,
        entity_id=ENTITY,
        valid_from=FIRST_DAY,
        rate_bp=1_000,
        fund_shares=[],
        decision_ref="assembly 2026",
    )
    asked = invoice(NEW_INVOICE, on=DAY, activity_id=A1, client_id=OLD_CLIENT)
    ledger.perform(issue_invoice, on=DAY, **asked)


def receive(ledger: PaperLedger, invoice_id: UUID, amount_c: int) -> None:
    """Let the client pay by the first statement after the cutover."""
    receipt = statement(1, [entry("1", amount_c, on=DAY)], opening_c=20_000_00, on=DAY)
    ledger.perform(import_statements, account=OLD_ACCOUNT, statements=[receipt])
    received = line_id(OLD_ACCOUNT_ID, "2026/1", "1")
    ledger.perform(allocate_receipt, on=DAY, bank_line_id=received, invoice_id=invoice_id, amount_c=amount_c)


def test_sentence_12() -> None:
    """After the cutover of a given opening balance, whose last number is 117, the first issued invoice is 118 and the trial balance equals the old books plus that invoice."""
    ledger = cut_over()
    issue(ledger)
    assert ledger.get(Invoice, NEW_INVOICE).invoice_no == "2026-F-000118"
    of_that_invoice = Counter({"400": 1_210_00, "7001": -1_000_00, "451": -210_00})
    expected = trial_balance(BOOKS.balances)
    expected.update(of_that_invoice)
    assert stands(ledger) == expected


def test_the_trial_balance_after_a_cutover_is_the_old_one() -> None:
    assert stands(cut_over()) == trial_balance(BOOKS.balances)


def test_an_activity_has_available_what_the_old_books_left_it() -> None:
    ledger = cut_over()
    assert ledger.get(Activity, A1).available_c(0) == 6_000_00 - 1_000_00
    assert ledger.get(Activity, A2).available_c(0) == -50_00 - 413_22
    assert ledger.get(Activity, A2).payouts_held
    assert not ledger.get(Activity, A1).payouts_held


def test_an_old_invoice_is_paid_and_its_fund_and_activity_collect_their_parts() -> None:
    ledger = cut_over()
    receive(ledger, OLD_INVOICE, 1_210_00)
    assert ledger.get(Invoice, OLD_INVOICE).open_c == 0
    assert ledger.get(Activity, A1).available_c(0) == 6_000_00
    assert ledger.get(MutualFund, SOLIDARITY).cash_c == 800_00 + 10_00


def test_an_old_invoice_is_reminded() -> None:
    ledger = cut_over()
    day = INVOICES[1].due_on + timedelta(days=40)
    facts = ledger.perform(remind_of_invoice, on=day, invoice_id=PART_PAID)
    assert facts


def test_an_old_invoice_is_credited_whole_at_its_own_rates() -> None:
    ledger = cut_over()
    before_c = ledger.get(Activity, A1).result_c
    facts = ledger.perform(
        issue_credit_note,
        on=DAY,
        credit_note_id=UUID(int=901),
        invoice_id=OLD_INVOICE,
        issued_on=DAY,
        reason="never delivered",
    )
    assert ledger.get(Invoice, OLD_INVOICE).open_c == 0
    assert ledger.get(Activity, A1).result_c == before_c - 1_000_00 + 100_00 + 10_00
    numbers = [each.credit_note_no for each in facts if hasattr(each, "credit_note_no")]
    assert numbers == ["2026-C-000010"]


def test_a_row_a_cent_beside_its_rate_is_credited_to_the_cent_in_two_parts() -> None:
    beside = replace(INVOICES[1], vat=(row(413_23, 86_77),))
    ledger = cut_over(replace(BOOKS, invoices=(INVOICES[0], beside)))
    for number, base_c in enumerate((200_00, 213_23)):
        ledger.perform(
            issue_credit_note,
            on=DAY,
            credit_note_id=UUID(int=901 + number),
            invoice_id=PART_PAID,
            issued_on=DAY,
            reason="in two parts",
            rows=[CreditedBase(VatCategory.STANDARD, 2_100, "", base_c)],
        )
    assert ledger.get(Invoice, PART_PAID).open_c == 0


def test_a_fund_keeps_its_floor_of_what_the_old_books_had_collected() -> None:
    fund = cut_over().get(MutualFund, SOLIDARITY)
    fund.reserve(stamp(), use=FundUse.GRANT, document_id=UUID(int=7), amount_c=300_00)
    with pytest.raises(BelowFloor):
        fund.reserve(stamp(), use=FundUse.GRANT, document_id=UUID(int=8), amount_c=1)


def test_old_shares_keep_their_numbers_and_the_register_goes_on() -> None:
    ledger = cut_over()
    facts = ledger.perform(
        transfer_shares,
        on=DAY,
        transfer_id=UUID(int=902),
        from_account_id=ACCOUNT_OF_M1,
        to_membership_id=membership_id(ENTITY, holder("M4")),
        qty=3,
        decision_ref="board 2026",
    )
    assert {each.register_no for each in facts if hasattr(each, "register_no")} == {6}
    held = ledger.get(ShareAccount, ACCOUNT_OF_M4).held
    assert [(each.from_seq, each.to_seq) for each in held] == [(13, 16), (1, 3)]


def test_the_next_member_gets_the_number_after_the_last_one_ever_given() -> None:
    ledger = cut_over()
    person = UUID(int=903)
    asked: dict[str, Any] = {
        "entity_id": ENTITY,
        "person_id": person,
        "category": "entrepreneur",
        "name": "New",
        "address": "Rue Haute 2",
        "email": "",
    }
    ledger.perform(apply_for_membership, on=DAY, **asked)
    facts = ledger.perform(
        admit_member, on=DAY, membership_id=membership_id(ENTITY, person), decision_ref="board 2026"
    )
    assert {each.member_no for each in facts} == {8}


def test_an_old_bill_is_paid_by_two_people() -> None:
    ledger = cut_over()
    supplier = old_id("supplier", ENTITY, "K7")
    order = UUID(int=904)
    ledger.perform(
        order_purchase_payment,
        on=DAY,
        order_id=order,
        purchase_id=purchase_id(supplier, "TT/8"),
        payee_iban="BE29539000000289",
    )
    ledger.perform(approve_payment, on=DAY, actor="bert", order_id=order)
    assert stands(ledger)[chart.SUPPLIERS] == 0
    assert stands(ledger)[chart.IN_TRANSIT] == -300_00


def test_an_old_bill_has_no_lines_here_that_could_be_taken_back() -> None:
    ledger = cut_over()
    bill = purchase_id(old_id("supplier", ENTITY, "K7"), "TT/8")
    with pytest.raises(PurchaseOfOldBooks):
        ledger.perform(reverse_purchase, on=DAY, purchase_id=bill, reason="twice")


def test_the_cutover_says_what_it_took_over() -> None:
    facts = cut_over().facts
    (recorded,) = [each for each in facts if isinstance(each, Cutover.Recorded)]
    assert (recorded.source_sha256, recorded.debit_c, recorded.credit_c) == (
        OLD_SHA256,
        24_310_00,
        24_310_00,
    )
    assert (recorded.counts.invoices, recorded.counts.members, recorded.pages) == (2, 2, 1)


def test_many_balances_are_pages() -> None:
    more = tuple(OldBalance(f"2{n:04}", cents) for n, cents in enumerate([1] * 300 + [-1] * 300))
    facts = cut_over(replace(BOOKS, balances=(*BOOKS.balances, *more))).facts
    pages = [each for each in facts if isinstance(each, Cutover.BalancesTakenOver)]
    assert [each.page for each in pages] == [1, 2, 3]


REFUSED: list[tuple[OldBooks, type[Refusal], dict[str, object]]] = [
    (
        with_balance(BOOKS, "240", 1_500_01),
        OldBooksDoNotBalance,
        {"books_c": 24_310_01, "items_c": 24_310_00, "difference_c": -1},
    ),
    (
        with_balance(with_balance(BOOKS, "400", 1_710_05), "240", 1_499_95),
        OldItemsDiffer,
        {"about": "400", "books_c": 1_710_05, "items_c": 1_710_00, "difference_c": -5},
    ),
    (
        with_balance(with_balance(BOOKS, "440", -300_01), "451", -999_99),
        OldItemsDiffer,
        {"about": "440", "difference_c": 1},
    ),
    (
        replace(BOOKS, shares=SHARES[:1]),
        OldItemsDiffer,
        {"about": "1109", "books_c": -3_500_00, "items_c": -2_500_00},
    ),
    (
        replace(BOOKS, funds=(replace(FUND, accrued_c=814_12, collected_c=799_99),)),
        OldItemsDiffer,
        {"about": "4895", "difference_c": 1},
    ),
    (
        replace(BOOKS, funds=(replace(FUND, collected_c=800_01),)),
        OldFundDiffers,
        {"about": "SOLIDARITY", "difference_c": 1},
    ),
    (
        with_balance(with_balance(BOOKS, "455", -20_00), "240", 1_520_00),
        OldAccountWithoutItems,
        {"about": "455", "books_c": -20_00},
    ),
    (replace(BOOKS, cooperative_c=11_645_88), OldResultsDiffer, {"difference_c": -1}),
    (replace(BOOKS, clients=()), OldCodeUnknown, {"kind": "client", "named": "D100"}),
    (replace(BOOKS, members=(BOOKS.members[0],) * 2), OldCodeTwice, {"kind": "member", "given": "M1"}),
    (
        replace(BOOKS, shares=(SHARES[0], replace(SHARES[1], from_no=10, to_no=13))),
        OldSharesOverlap,
        {"from_no": 10},
    ),
    (replace(BOOKS, last_register_no=2), OldNumberBeyondLast, {"number": 3, "last_no": 2}),
    (
        replace(BOOKS, invoices=(replace(INVOICES[0], issued_on=FIRST_DAY), INVOICES[1])),
        OldItemTooLate,
        {"day": FIRST_DAY},
    ),
    (
        replace(BOOKS, invoices=(replace(INVOICES[0], open_c=1_210_01), INVOICES[1])),
        FiguresDoNotAddUp,
        {"invoice_no": "2026/117", "figure": "open_c"},
    ),
    (replace(BOOKS, day=date(2026, 7, 1)), NoOpenPeriod, {}),
]


@pytest.mark.parametrize(("old", "refusal", "facts"), REFUSED)
def test_what_does_not_agree_is_refused_by_name_and_amount(
    old: OldBooks, refusal: type[Refusal], facts: dict[str, object]
) -> None:
    ledger = entity()
    before = list(ledger.facts)
    with pytest.raises(refusal) as refused:
        cut_over(old, ledger)
    assert {name: refused.value.facts.get(name) for name in facts} == facts
    assert ledger.facts == before


def test_old_books_are_taken_over_once() -> None:
    with pytest.raises(BooksBegunAlready):
        cut_over(ledger=cut_over())


def test_an_entity_with_members_of_its_own_takes_nothing_over() -> None:
    ledger = entity()
    join(ledger.perform, PERSON)
    with pytest.raises(BooksBegunAlready):
        cut_over(ledger=ledger)


def test_the_first_day_must_take_bookings() -> None:
    with pytest.raises(CutoverDayClosed):
        cut_over(OldBooks(day=date(2025, 10, 15), balances=()))
