"""The hardest cases about money: credit notes after payout, receipts that do not fit, clients who fail, late facts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.invoice import Invoice
from domain.aggregates.manual_entry import ManualEntry, ManualLine
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.period import Period
from domain.contributions import ContributionBase, FundShare
from domain.errors import (
    ExceedsHeld,
    ExceedsOpenAmount,
    MustAbstain,
    OverAvailable,
    PayoutsHeld,
    PeriodNotClosing,
    SecondPersonNeeded,
)
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.guarantees import call_guarantee, guarantee_id, reserve_guarantee
from domain.ledger.invoicing import issue_invoice
from domain.ledger.manual_entries import post_entry, reversal_id, reverse_entry
from domain.ledger.overpayments import allocate_overpayment, hold_overpayment, order_refund
from domain.ledger.payments import approve_payment, clear_payment, order_wage_payment
from domain.ledger.payrolls import post_slip, request_payroll
from domain.ledger.periods import close_period, period_id, stop_bookings
from domain.ledger.returns import record_bank_fee, return_payment
from domain.slips import SlipLine, SlipType
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    CLIENT,
    ENTITY,
    FUND,
    MEMBER,
    OPENING_C,
    entry,
    found,
    invoice,
    line,
    statement,
)
from tests.domain import doubting
from tests.domain.crediting import credit
from tests.domain.spending import CLOSING_C, DAY, INVOICE, PAYEE_IBAN, bank_pays, paid_cooperative
from tests.domain.test_contributions import ruled
from tests.hardest.standing import stands, tagged
from tests.paper import PaperLedger
from tests.scenario import stamp

WAGE, NEXT_WAGE, ORDER, NEXT = UUID(int=1500), UUID(int=1501), UUID(int=1502), UUID(int=1503)
LARGE, ENTRY = UUID(int=1504), UUID(int=1505)
RECEIPT = line_id(ACCOUNT_ID, "2026/1", "1")


def receipts(ledger: PaperLedger, *amounts_c: int, number: int = 2, opening_c: int = CLOSING_C) -> list[UUID]:
    """The bank's next statement with these receipts; its lines."""
    entries = [entry(str(n), cents, on=DAY) for n, cents in enumerate(amounts_c)]
    reported = statement(number, entries, opening_c=opening_c, on=DAY)
    ledger.perform(import_statements, on=DAY, account=ACCOUNT, statements=[reported])
    return [line_id(ACCOUNT_ID, f"2026/{number}", each.key) for each in entries]


def allocate(ledger: PaperLedger, bank_line_id: UUID, invoice_id: UUID, amount_c: int) -> list[Any]:
    asked: dict[str, Any] = {"bank_line_id": bank_line_id, "invoice_id": invoice_id, "amount_c": amount_c}
    return ledger.perform(allocate_receipt, on=DAY, **asked)


def credit_note_after_payout() -> PaperLedger:
    """Always accepted (legal fact). Reverse VAT, contribution, fund at invoice-time rates; activity may go
    negative; payouts held, staff warned. Never block, never silent.

    https://github.com/opencollective/opencollective/issues/5485,
    https://github.com/opencollective/opencollective/issues/6591
    """
    # Given an invoice of 1,000.00 + 210.00 that is paid, and all 890.00 of it paid out as a wage.
    ledger = paid_cooperative()
    wage: dict[str, Any] = {"activity_id": ACTIVITY, "employee_id": MEMBER}
    ledger.perform(request_payroll, on=DAY, payroll_id=WAGE, budget_c=890_00, **wage)
    slip: dict[str, Any] = {"slip_ref": "2026-01/1", "net_c": 890_00, "employer_c": 0}
    ledger.perform(post_slip, on=DAY, payroll_id=WAGE, lines=[SlipLine(SlipType.GROSS, 890_00)], **slip)
    paid: dict[str, Any] = {"order_id": ORDER, "payroll_id": WAGE, "payee_iban": PAYEE_IBAN}
    ledger.perform(order_wage_payment, on=DAY, **paid)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    (debit,) = bank_pays(ledger, 890_00)
    ledger.perform(clear_payment, on=DAY, bank_line_id=debit, order_id=ORDER)
    assert ledger.get(Activity, ACTIVITY).available_c(0) == 0

    # When the whole invoice is credited.
    note = credit(ledger)

    # Then it is accepted, everything is given back at the invoice's rates, and what was paid waits for the client.
    assert (note.vat_c, note.contribution_c, note.fund_parts[0].amount_c) == (210_00, 100_00, 10_00)
    activity = ledger.get(Activity, ACTIVITY)
    assert (activity.available_c(0), activity.payouts_held) == (-890_00, True)
    held = [each for each in ledger.facts if isinstance(each, Activity.PayoutsHeld)]
    assert [each.available_c for each in held] == [-890_00]
    assert ledger.get(MutualFund, FUND).cash_c == 0
    with pytest.raises(OverAvailable):
        ledger.perform(request_payroll, on=DAY, payroll_id=NEXT_WAGE, budget_c=1, **wage)
    with pytest.raises(PayoutsHeld):
        activity.require_payouts(0)
    assert stands(ledger) == {"550": 5_320_00, "4998": -5_000_00, "4894": -1_210_00, "6202": 890_00}
    assert tagged(ledger, "6190") == {}
    return ledger


def overpayment() -> PaperLedger:
    """Allocate to the open amount; excess to 4894; refund or allocate by explicit event; repeated cases
    independent.

    https://github.com/Dolibarr/dolibarr/issues/10167
    """
    # Given an invoice of 1,210.00, and a client who pays 1,300.00, and then the whole once more.
    ledger = PaperLedger()
    found(ledger.perform)
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    first, second = receipts(ledger, 1_300_00, 1_210_00, number=1, opening_c=OPENING_C)

    # When what is owed is allocated, no cent more is; the excess of each is held for itself.
    with pytest.raises(ExceedsOpenAmount):
        allocate(ledger, first, INVOICE, 1_210_01)
    allocate(ledger, first, INVOICE, 1_210_00)
    for receipt, amount_c in ((first, 90_00), (second, 1_210_00)):
        over: dict[str, Any] = {"bank_line_id": receipt, "client_id": CLIENT, "amount_c": amount_c}
        ledger.perform(hold_overpayment, on=DAY, **over)
    assert stands(ledger)["4894"] == -1_300_00
    asked: dict[str, Any] = {"client_id": CLIENT, "payee_iban": PAYEE_IBAN, "order_id": ORDER}
    with pytest.raises(ExceedsHeld):
        ledger.perform(order_refund, on=DAY, bank_line_id=first, amount_c=90_01, **asked)
    ledger.perform(order_refund, on=DAY, bank_line_id=first, amount_c=90_00, **asked)
    with pytest.raises(SecondPersonNeeded):
        ledger.perform(approve_payment, on=DAY, order_id=ORDER)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    (debit,) = bank_pays(ledger, 90_00, opening_c=OPENING_C + 2_510_00)
    ledger.perform(clear_payment, on=DAY, bank_line_id=debit, order_id=ORDER)
    ledger.perform(issue_invoice, on=DAY, **invoice(NEXT, line("500"), on=DAY))
    again: dict[str, Any] = {"bank_line_id": second, "invoice_id": NEXT, "amount_c": 605_00}
    ledger.perform(allocate_overpayment, on=DAY, **again)

    # Then both invoices are paid, the first excess is back, and of the second 605.00 is still owed.
    assert {ledger.get(Invoice, each).open_c for each in (INVOICE, NEXT)} == {0}
    held = [ledger.get(BankLine, each).held_for.get(CLIENT, 0) for each in (first, second)]
    assert held == [0, 605_00]
    assert stands(ledger) == {
        "550": 7_420_00,
        "4998": -5_000_00,
        "4894": -605_00,
        "7001": -1_500_00,
        "451": -315_00,
        "6191": 15_00,
        "4895": -15_00,
    }
    return ledger


def partial_payment() -> PaperLedger:
    """Open amount per invoice; COLLECTED_NET contribution = difference of *cumulative* rounded amounts, so
    parts always sum to the whole.

    https://github.com/CroissanceCommune/autonomie/issues/416
    """
    # Given a contribution of 3.33 % and a fund share of 1 % on what is collected, and 1,000.00 + 210.00.
    ledger = ruled(base=ContributionBase.COLLECTED_NET, rate_bp=333, fund_shares=[FundShare(FUND, 100)])
    receipt = line_id(ACCOUNT_ID, "2026/1", "in")
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    assert tagged(ledger, "6190") == {}

    # When the client pays 605.00, then 604.99, then 0.01.
    charged: list[int] = []
    for amount_c, open_c in ((605_00, 605_00), (604_99, 1), (1, 0)):
        recorded = allocate(ledger, receipt, INVOICE, amount_c)
        charged += [each.amount_c for each in recorded if isinstance(each, Activity.ContributionCharged)]
        assert ledger.get(Invoice, INVOICE).open_c == open_c

    # Then the parts of VAT, net, contribution and fund sum to those of the whole, to the cent.
    settled = [each for each in ledger.facts if isinstance(each, Invoice.PaymentReceived)]
    assert [sum(each.vat_c for each in settled), sum(each.net_c for each in settled)] == [210_00, 1_000_00]
    assert (charged, sum(charged)) == ([16_65, 16_65], 33_30)
    assert ledger.get(Activity, ACTIVITY).available_c(0) == 1_000_00 - 33_30 - 10_00
    assert tagged(ledger, "6190") == {ACTIVITY: 33_30, None: -33_30}
    assert stands(ledger) == {
        "550": 5_000_00,
        "4998": -5_000_00,
        "499": 1_210_00,
        "7001": -1_000_00,
        "451": -210_00,
        "6191": 10_00,
        "4895": -10_00,
    }
    return ledger


def returned_payment() -> PaperLedger:
    """`PaymentReturned` reopens the invoice; original allocation stays visible; bank fee to a stated payer;
    reverse only what depended on collection.
    """
    # Given a paid invoice of 1,210.00, and a debit of the bank that takes it back with a fee of 5.00.
    ledger = paid_cooperative()
    (debit,) = bank_pays(ledger, 1_215_00)

    # When the return is recorded, and the activity is named for the fee.
    returned: dict[str, Any] = {"of_line_id": RECEIPT, "invoice_id": INVOICE, "reason_code": "MD06"}
    ledger.perform(return_payment, on=DAY, bank_line_id=debit, amount_c=1_210_00, **returned)
    ledger.perform(record_bank_fee, on=DAY, bank_line_id=debit, amount_c=5_00, activity_id=ACTIVITY)

    # Then the invoice is open again, and contribution and accrual stay, which rest on the invoice itself.
    assert ledger.get(Invoice, INVOICE).open_c == 1_210_00
    told = [type(each) for each in ledger.facts if each.originator_id == RECEIPT]
    assert told == [BankLine.Imported, BankLine.Allocated, BankLine.AllocationReturned]
    fund = ledger.get(MutualFund, FUND)
    assert (fund.collected_c, fund.cash_c) == (0, 0)
    assert ledger.get(Activity, ACTIVITY).available_c(0) == -100_00 - 10_00 - 5_00
    assert stands(ledger) == {
        "550": 4_995_00,
        "4998": -5_000_00,
        "400": 1_210_00,
        "7001": -1_000_00,
        "451": -210_00,
        "6191": 10_00,
        "4895": -10_00,
        "6572": 5_00,
    }
    return ledger


def client_bankruptcy() -> PaperLedger:
    """407, VAT reclaim dated at judgment, write-off, guarantee call by decision; later dividend: VAT due
    again, fund repaid first; contribution refunded only if the plan says so.
    """
    # Given an invoice of 1,210.00, 800.00 of which the fund guarantees; the fund has collected 3,000.00.
    ledger = doubting.invoiced()
    ledger.perform(issue_invoice, on=DAY, **invoice(LARGE, line("300000"), on=DAY))
    opening_c = OPENING_C + 2 * doubting.IMPORTED_C
    (large,) = receipts(ledger, 363_000_00, opening_c=opening_c)
    allocate(ledger, large, LARGE, 363_000_00)
    says: dict[str, Any] = {"fund_id": FUND, "invoice_id": INVOICE, "amount_c": 800_00}
    ledger.perform(reserve_guarantee, on=DAY, actor="vera", decision_ref="committee 3", **says)

    # When the client goes bankrupt: doubt, VAT from the judgment on, loss, and the guarantee called.
    doubting.doubt(ledger)
    (reclaimed,) = (each for each in doubting.reclaim(ledger) if hasattr(each, "judgment_on"))
    assert (reclaimed.judgment_on, reclaimed.vat_c) == (doubting.JUDGED_ON, 210_00)
    doubting.lose(ledger)
    called: dict[str, Any] = {"guarantee_id": guarantee_id(FUND, INVOICE), "amount_c": 800_00}
    with pytest.raises(MustAbstain):
        ledger.perform(call_guarantee, on=DAY, actor=str(MEMBER), decision_ref="committee 4", **called)
    with pytest.raises(SecondPersonNeeded):
        ledger.perform(call_guarantee, on=DAY, actor="vera", decision_ref="committee 4", **called)
    ledger.perform(call_guarantee, on=DAY, actor="carl", decision_ref="committee 4", **called)
    assert ledger.get(MutualFund, FUND).cash_c == 3_000_00 - 800_00

    # And a tenth of it comes as a dividend.
    doubting.recover(ledger, 121_00)

    # Then VAT is due again on it, its net repaid the fund, and no contribution was given back.
    assert ledger.get(MutualFund, FUND).cash_c == 3_000_00 + 1_00 - 800_00 + 100_00
    with pytest.raises(ExceedsOpenAmount):
        ledger.perform(
            reserve_guarantee,
            on=DAY,
            actor="vera",
            decision_ref="committee 5",
            **says | {"invoice_id": LARGE},
        )
    assert not [each for each in ledger.facts if isinstance(each, Activity.ContributionReversed)]
    assert stands(ledger) == {
        "550": 5_000_00 + 10_000_00 + 363_000_00,
        "4998": -5_000_00,
        "499": -(10_000_00 - 121_00),
        "411": 210_00,
        "451": -(63_210_00 + 21_00),
        "642": 1_000_00,
        "742": -100_00,
        "743": -700_00,
        "7001": -301_000_00,
        "6191": 3_010_00,
        "4895": -(3_010_00 - 700_00),
    }
    return ledger


def late_facts_and_corrections() -> PaperLedger:
    """`effective_on` old, `booked_on` in the first open period. Correct by reversal + new entry linked to it;
    no delete, no edit. Locks bind API and scripts alike and must not block paying old invoices.

    https://github.com/odoo/odoo/issues/26240, https://github.com/OCA/OCB/issues/699,
    https://github.com/frappe/erpnext/issues/50174
    """
    # Given an invoice of November that is not paid, and books closed to the end of December.
    ledger = PaperLedger()
    found(ledger.perform)
    november = date(2025, 11, 20)
    ledger.perform(issue_invoice, on=november, **invoice(INVOICE, on=november))
    for month in ("2025-11", "2025-12"):
        ledger.perform(stop_bookings, entity_id=ENTITY, month=month)
        digest: dict[str, Any] = {"trial_balance_sha256": "d" * 64, "debit_c": 5, "credit_c": 5}
        closed: dict[str, Any] = {"entity_id": ENTITY, "month": month, "position": ledger.position}
        ledger.perform(close_period, **closed | digest)
    then = [fact for fact in ledger.facts if getattr(fact, "booked_on", DAY) < date(2026, 1, 1)]

    # When an expense of December is entered in January, was wrong, is taken back and entered right.
    lines = [ManualLine("613", 12_00, 0), ManualLine("492", 0, 12_00)]
    right = [ManualLine("613", 21_00, 0), ManualLine("492", 0, 21_00)]
    december: dict[str, Any] = {"on": date(2025, 12, 20), "entity_id": ENTITY, "day": date(2025, 12, 20)}
    evidence: dict[str, Any] = {"reason": "insurance", "evidence_sha256": "cd" * 32}
    ledger.perform(post_entry, entry_id=ENTRY, lines=lines, **december, **evidence)
    ledger.perform(reverse_entry, entry_id=ENTRY, day=DAY, **evidence)
    ledger.perform(post_entry, entry_id=NEXT, lines=right, **december, **evidence)
    # And the November invoice is paid.
    (receipt,) = receipts(ledger, 1_210_00, number=1, opening_c=OPENING_C)
    allocate(ledger, receipt, INVOICE, 1_210_00)

    # Then nothing of the closed months has moved, each correction names what it corrects, and no door is at the back.
    posted = {each.originator_id: each for each in ledger.facts if isinstance(each, ManualEntry.Posted)}
    assert (posted[ENTRY].effective_on, posted[ENTRY].booked_on) == (date(2025, 12, 20), date(2026, 1, 1))
    assert posted[reversal_id(ENTRY)].reverses == ENTRY
    assert ledger.get(ManualEntry, ENTRY).reversed_by == reversal_id(ENTRY)
    assert [fact for fact in ledger.facts if getattr(fact, "booked_on", DAY) < date(2026, 1, 1)] == then
    with pytest.raises(PeriodNotClosing):
        _closed_by_hand(ledger)
    assert ledger.get(Invoice, INVOICE).open_c == 0
    assert stands(ledger) == {
        "550": 6_210_00,
        "4998": -5_000_00,
        "7001": -1_000_00,
        "451": -210_00,
        "6191": 10_00,
        "4895": -10_00,
        "613": 21_00,
        "492": -21_00,
    }
    return ledger


def _closed_by_hand(ledger: PaperLedger) -> None:
    """Try to enter something into a closed month on its own stream, as a script could."""
    ledger.get(Period, period_id(ENTITY, "2025-12")).authorise_late_entry(
        stamp(on=DAY), entry_id=ENTRY, on=date(2025, 12, 31), position=ledger.position
    )
