"""The worked example: one activity, one invoice, and where each of its 1,210.00 goes.

An invoice of 1,000.00 + 21 % leaves 10 % to the cooperative and 1 % to a mutual fund; it is paid; a
claim of 50.00 + 21 % and a wage that costs all the rest are paid out. The closing balances add up
to 1,560.00 on either side, the activity stands at nothing, and the cooperative has earned 100.00.

The wage tax is illustrative; 672.00 x 13.07 % are the employee's contributions, 25 % the employer's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from domain.aggregates.client import ClientKind
from domain.aggregates.expense_claim import ClaimLine
from domain.aggregates.mutual_fund import FundKind
from domain.contributions import FundShare
from domain.funding import LedgerPolicy
from domain.ids import derived_id
from domain.ledger import (
    activities,
    bank,
    claims,
    entities,
    funds,
    invoicing,
    members,
    payments,
    payrolls,
    periods,
    plans,
)
from domain.payouts import PayoutRegime
from domain.personal import Retention
from domain.references import shown
from domain.slips import SlipLine, SlipType
from domain.spending import ExpenseType
from domain.vat import VatCategory
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from workers.clock import SimulatedClock
from workers.demo.clerk import TREASURER, Clerk
from workers.demo.emptiness import require_empty
from workers.demo.people import FICTIONAL
from workers.demo.statements import import_statement, line_of_entry, write_statement

if TYPE_CHECKING:
    from interchange.camt053.records import BankEntry
    from workers.cli.session import Session

CODE = "COOP"
ENTITY = entities.entity_id_of(CODE)
ACTIVITY = activities.activity_id(ENTITY, "A1")
FUND = funds.fund_id(ENTITY, "LIABILITY")
PERSON = derived_id("worked-example", "person")
MEMBER = members.membership_id(ENTITY, PERSON)
CLIENT, INVOICE, CLAIM, CLAIM_ORDER, WAGE, WAGE_ORDER = (
    derived_id("worked-example", what)
    for what in ("client", "invoice", "claim", "claim-order", "wage", "wage-order")
)
ACCOUNT = belgian_iban(UNASSIGNED_BANK, 2027)
PAYEE_IBAN = belgian_iban(UNASSIGNED_BANK, 5_000_289)
FIRST_DAY = date(2026, 1, 1)
RECEIPT = b"Receipt (fictional): supplies, 50.00 + 10.50 VAT\n"
BUDGET_C = 840_00


@dataclass(frozen=True, slots=True)
class ExampleSummary:
    """How far the example was played: through which of its eight rows, and how many facts there are."""

    row: int
    position: int


@dataclass
class Play:
    """What the steps share: the clerk, where bank files go, and what the bank has."""

    clerk: Clerk
    inbox: Path
    balance_c: int = 0
    statements: int = 0


def play_worked_example(session: Session, *, through: int | None = None) -> ExampleSummary:
    """Play the example on an empty ledger, whole or through that row; raises LedgerNotEmpty."""
    from workers.workshop import Workshop

    steps = [(row, step) for row, step in STEPS if through is None or row <= through]
    clock = SimulatedClock(datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 7, tzinfo=UTC))
    with Workshop(session.settings, clock=clock) as workshop:
        require_empty(workshop)
        inbox = session.settings.data_dir / "demo"
        inbox.mkdir(parents=True, exist_ok=True)
        play = Play(Clerk(workshop, clock, Random(0)), inbox)  # noqa: S311 - nothing here is drawn
        with (
            workshop.projecting(),
            session.screen.progress("Playing the worked example", len(steps)) as done,
        ):
            found(play.clerk)
            for n, (_, step) in enumerate(steps, start=1):
                step(play)
                done(n)
        workshop.projector.catch_up()
        return ExampleSummary(steps[-1][0] if steps else 0, workshop.log.head().size)


def found(clerk: Clerk) -> None:
    """Found the cooperative: one entity, one fund at 1 %, a plan at 10 %, a member, a client, a bank."""
    on = FIRST_DAY
    clerk.ask(
        "entity.register",
        entities.register_entity,
        on=on,
        code=CODE,
        name=f"Coopérative de l'exemple {FICTIONAL}",
        enterprise_no="0999999922",
        country="BE",
    )
    for month in ("2026-01", "2026-02"):
        clerk.ask("period.open", periods.open_period, on=on, month=month, entity_id=ENTITY)
    clerk.ask(
        "bank-account.open",
        bank.open_bank_account,
        on=on,
        actor=TREASURER,
        account=ACCOUNT,
        balance_c=0,
        balance_on=on,
        entity_id=ENTITY,
    )
    clerk.ask(
        "fund.charter",
        funds.charter_fund,
        on=on,
        code="LIABILITY",
        kind=FundKind.SOLIDARITY,
        ledger_policy=LedgerPolicy.LIABILITY,
        floor_c=0,
        regulation_ref="founding assembly, decision 2 (fictional)",
        entity_id=ENTITY,
    )
    clerk.ask(
        "contribution-rule.enact",
        plans.enact_contribution_rule,
        on=on,
        valid_from=on,
        rate_bp=1000,
        fund_shares=(FundShare(FUND, 100),),
        decision_ref="founding assembly, decision 3 (fictional)",
        entity_id=ENTITY,
    )
    _people(clerk, on)


def _people(clerk: Clerk, on: date) -> None:
    clerk.ask(
        "membership.apply",
        members.apply_for_membership,
        on=on,
        entity_id=ENTITY,
        person_id=PERSON,
        category="entrepreneur",
        name=f"Alix Noisetier {FICTIONAL}",
        address="Quai Imaginaire 1, 1000 Bruxelles",
        email="alix.noisetier@example.org",
    )
    clerk.ask(
        "membership.admit",
        members.admit_member,
        on=on,
        membership_id=MEMBER,
        decision_ref="founding assembly, decision 1 (fictional)",
    )
    clerk.ask(
        "activity.open",
        activities.open_activity,
        on=on,
        entity_id=ENTITY,
        code="A1",
        membership_ids=(MEMBER,),
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    clerk.ask(
        "client.register",
        invoicing.register_client,
        on=on,
        client_id=CLIENT,
        entity_id=ENTITY,
        kind=ClientKind.BUSINESS,
        name=f"Atelier Nébuleuse {FICTIONAL}",
        address="Rue du Conte 2, 4000 Liège",
        vat_no="",
        email="client@example.org",
    )


def _invoice(play: Play) -> None:
    """Invoice 1,000.00 + 21 %; its contribution and its part for the fund are charged with it."""
    on = date(2026, 1, 8)
    play.clerk.ask(
        "invoice.issue",
        invoicing.issue_invoice,
        on=on,
        invoice_id=INVOICE,
        activity_id=ACTIVITY,
        client_id=CLIENT,
        issued_on=on,
        supplied_on=on,
        due_on=None,
        lines=[invoicing.AskedLine("furniture to measure", "1", "1000.00", VatCategory.STANDARD, 2100, "")],
    )


def _receive(play: Play) -> None:
    """The client pays with the reference of the invoice: the bank's line comes, and is allocated."""
    from domain.aggregates.invoice import Invoice

    facts = [recorded.event for recorded in play.clerk.workshop.log.stream(INVOICE)]
    reference = next(fact.reference for fact in facts if isinstance(fact, Invoice.Issued))
    _bank_reports(play, date(2026, 1, 20), 1_210_00, f"Atelier Nébuleuse {FICTIONAL}", reference)


def _claim(play: Play) -> None:
    """Claim 50.00 + 21 %, whose VAT is deductible; another person approves it."""
    clerk, on = play.clerk, date(2026, 1, 22)
    clerk.workshop.documents.keep(RECEIPT, PERSON, Retention.ACCOUNTING)
    line = ClaimLine(on, ExpenseType.SUPPLIES, 50_00, 10_50, 10_50, sha256(RECEIPT).hexdigest())
    clerk.ask(
        "claim.submit",
        claims.submit_claim,
        on=on,
        claim_id=CLAIM,
        activity_id=ACTIVITY,
        claimant_id=MEMBER,
        lines=(line,),
        purpose="supplies",
    )
    clerk.ask("claim.approve", claims.approve_claim, on=on, actor=TREASURER, claim_id=CLAIM)


def _pay_claim(play: Play) -> None:
    """Order the claim's payment, approve it as a second person, and clear it by the bank's line."""
    play.clerk.ask(
        "payment.order",
        payments.order_claim_payment,
        on=date(2026, 1, 23),
        order_id=CLAIM_ORDER,
        claim_id=CLAIM,
        payee_iban=PAYEE_IBAN,
    )
    _pay(play, CLAIM_ORDER, 60_50, date(2026, 1, 23))


def _wage(play: Play) -> None:
    """Ask for a wage that costs all that is available, and post its slip."""
    clerk, on = play.clerk, date(2026, 1, 26)
    ask_for_wage(clerk, BUDGET_C)
    clerk.ask(
        "slip.post",
        payrolls.post_slip,
        on=on,
        payroll_id=WAGE,
        slip_ref="2026-01/1",
        lines=(
            SlipLine(SlipType.GROSS, 672_00),
            SlipLine(SlipType.EMPLOYEE_CONTRIBUTIONS, -87_83),
            SlipLine(SlipType.WAGE_TAX, -84_17),
        ),
        net_c=500_00,
        employer_c=168_00,
    )


def ask_for_wage(clerk: Clerk, budget_c: int) -> None:
    """Ask for the wage of the example at another cost, in cents; raises OverAvailable."""
    clerk.ask(
        "payroll.request",
        payrolls.request_payroll,
        on=date(2026, 1, 26),
        payroll_id=WAGE,
        activity_id=ACTIVITY,
        employee_id=MEMBER,
        budget_c=budget_c,
    )


def _pay_wage(play: Play) -> None:
    """Order the net wage, approve it as a second person, and clear it by the bank's line."""
    play.clerk.ask(
        "wage.order",
        payments.order_wage_payment,
        on=date(2026, 1, 27),
        order_id=WAGE_ORDER,
        payroll_id=WAGE,
        payee_iban=PAYEE_IBAN,
    )
    _pay(play, WAGE_ORDER, 500_00, date(2026, 1, 27))


STEPS: tuple[tuple[int, Callable[[Play], None]], ...] = (
    (3, _invoice),
    (4, _receive),
    (5, _claim),
    (6, _pay_claim),
    (7, _wage),
    (8, _pay_wage),
)
"""Each with the row of the example it leads to: an invoice charges contribution and fund with it."""


def _pay(play: Play, order_id: UUID, amount_c: int, on: date) -> None:
    clerk = play.clerk
    clerk.ask("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    line_id = _bank_reports(play, on, -amount_c, f"Alix Noisetier {FICTIONAL}", "")
    clerk.ask("payment.clear", payments.clear_payment, on=on, bank_line_id=line_id, order_id=order_id)


def _bank_reports(play: Play, on: date, amount_c: int, name: str, reference: str) -> UUID:
    """Let the bank's statement of that day come with one entry, and import it; return its line."""
    from interchange.camt053.records import BankStatement

    play.statements += 1
    opening_c, play.balance_c = play.balance_c, play.balance_c + amount_c
    entry = _entry(play.statements, on, amount_c, name, reference)
    statement = BankStatement(
        account=ACCOUNT,
        identity=f"electronic:{on.year}/{play.statements}",
        sequence=play.statements,
        sequence_year=on.year,
        opening_c=opening_c,
        closing_c=play.balance_c,
        from_on=on,
        to_on=on,
        entries=(entry,),
    )
    import_statement(
        play.clerk, write_statement(play.inbox / f"example-{play.statements}.xml", statement), on
    )
    return line_of_entry(statement, entry)


def _entry(number: int, on: date, amount_c: int, name: str, reference: str) -> BankEntry:
    from interchange.camt053.records import BankEntry

    references = (reference,) if reference else ()
    return BankEntry(
        key=f"ref:EXAMPLE{number:03}",
        booked_on=on,
        value_on=on,
        amount_c=amount_c,
        references=references,
        creditor_refs=references,
        counterparty_name=name,
        counterparty_iban=PAYEE_IBAN if amount_c < 0 else belgian_iban(UNASSIGNED_BANK, 5_000_290),
        remittance=shown(reference) if reference else "",
        transactions=1,
    )
