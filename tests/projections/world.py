"""A small cooperative on a real log, with its projector and reader."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

import psycopg

from domain.aggregates.expense_claim import ClaimLine
from domain.aggregates.invoice import Invoice
from domain.catalogue import AGGREGATES
from domain.facts import Ledgered
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.ledger.assemblies import (
    close_assembly,
    convene_assembly,
    grant_proxy,
    open_assembly,
    put_to_the_vote,
    record_attendance,
)
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.governance import (
    adopt_rule_set,
    cast_vote,
    close_poll,
    count_poll,
    freeze_roll,
    open_poll,
    table_motion,
)
from domain.ledger.invoicing import AskedLine, issue_invoice
from domain.ledger.overpayments import hold_overpayment
from domain.ledger.payments import (
    approve_payment,
    clear_payment,
    order_claim_payment,
    order_wage_payment,
)
from domain.ledger.payrolls import post_slip, request_payroll
from domain.ledger.shares import (
    allot_shares,
    open_share_class,
    pay_share_contribution,
    share_account_id,
    subscribe_shares,
)
from domain.slips import SlipLine, SlipType
from domain.spending import ExpenseType
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys
from eventstore.registry import Registry
from eventstore.store import Command, EventStore, Outcome
from projections.catalogue import ALL
from projections.poll_trail import poll_trail
from projections.projector import Projector
from projections.read_model import ReadModel
from projections.reader import Reader
from projections.rebuild import rebuild
from projections.replay import ReplayResult, replay
from tests import aiding, cooperative
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    CLIENT,
    ENTITY,
    MEMBER,
    OTHER_MEMBER,
    PERSON,
)

A = TypeVar("A", bound=Ledgered)

LIVE = "tutti_default_read"
MARCH = date(2026, 3, 2)
SHARES = share_account_id(MEMBER, "A")
ROLL, MOTION, POLL = UUID(int=301), UUID(int=302), UUID(int=303)
ASSEMBLY, ON_AGENDA, IN_ASSEMBLY = UUID(int=304), UUID(int=306), UUID(int=307)


class World:
    """One tenant: what is performed is recorded, and projected when asked."""

    def __init__(self, dsn: str, keyring: Keyring, keys: MemorySubjectKeys) -> None:
        self.dsn = dsn
        self._open = ExitStack()
        self.keys = keys
        self.store = EventStore(
            dsn,
            registry=Registry(*AGGREGATES),
            keyring=keyring,
            subject_keys=self.keys,
            clock=lambda: datetime.now(UTC),
        )
        self._open.enter_context(closing(self.store))
        self.log = self.store.log
        self.projector = self.another_projector()
        self._statements = 0
        self._closing_c = cooperative.OPENING_C

    def close(self) -> None:
        self._open.close()

    def reader(self) -> Reader:
        """A reader of the read models in use, closed with the world."""
        return self._open.enter_context(closing(Reader(self.dsn, tenant="default", max_size=2)))

    def another_projector(self, models: tuple[ReadModel, ...] = ALL, **more: Any) -> Projector:
        """One more projector into the schema in use, closed with the world."""
        projector = Projector(self.dsn, tenant="default", log=self.log, models=models, **more)
        return self._open.enter_context(closing(projector))

    def rebuild(self, **more: Any) -> dict[str, str]:
        return rebuild(self.dsn, tenant="default", log=self.log, **more)

    def replay(self, **more: Any) -> ReplayResult:
        return replay(self.dsn, tenant="default", log=self.log, **more)

    def tamper(self, statement: str, *values: Any) -> int:
        """Run a statement on the read models in use, as a database administrator could."""
        with psycopg.connect(self.dsn) as connection:
            connection.execute(f"SET search_path = {LIVE}".encode())
            return connection.execute(statement.encode(), values or None).rowcount

    def perform(
        self,
        use_case: Callable[..., object],
        *,
        on: date = MARCH,
        actor: str = "anna",
        on_behalf_of: str | None = None,
        **asked: Any,
    ) -> Outcome:
        """Record what a use case decides; raises its refusal."""
        return self.store.execute(
            Command(
                id=uuid4(),
                operation=use_case.__name__,
                body_mac=b"\0" * 32,
                effective_on=on,
                actor=actor,
                on_behalf_of=on_behalf_of,
                run=lambda books, stamp: use_case(books, stamp, **asked),
            )
        )

    def state(self, kind: type[A], id: UUID) -> A:
        """The aggregate as its facts leave it, which is what rules are decided on."""
        held: list[A] = []
        self.perform(lambda books, _: held.append(deepcopy(books.get(kind, id))))
        return held[0]

    def project(self) -> int:
        return self.projector.catch_up()

    # What the tests tell, in the cooperative's own words.

    def invoices(self, *lines: AskedLine, on: date, supplied_on: date | None = None) -> Invoice.Issued:
        """Issue an invoice on that day; it takes effect on the day of supply."""
        invoice_id = uuid4()
        asked = cooperative.invoice(invoice_id, *lines, on=on) | {"supplied_on": supplied_on or on}
        outcome = self.perform(issue_invoice, on=supplied_on or on, **asked)
        return next(fact.event for fact in outcome.facts if isinstance(fact.event, Invoice.Issued))

    def receives(
        self,
        *amounts_c: int,
        on: date,
        references: tuple[str, ...] = (),
        identity: str | None = None,
        **says: Any,
    ) -> list[UUID]:
        """Import the bank's next statement with these entries; return its lines."""
        self._statements += 1
        entries = [
            cooperative.entry(str(place), amount_c, on=on, references=references)
            for place, amount_c in enumerate(amounts_c)
        ]
        entries = [type(entry)(**vars(entry) | says) for entry in entries]
        reported = cooperative.statement(
            self._statements,
            entries,
            opening_c=self._closing_c,
            on=on,
            sequence=None,
            identity=identity or f"statement {self._statements}",
        )
        self.perform(import_statements, on=on, account=ACCOUNT, statements=[reported])
        self._closing_c = reported.closing_c
        return [line_id(ACCOUNT_ID, reported.identity, entry.key) for entry in entries]

    def allocates(self, line: UUID, invoice_id: UUID, amount_c: int, *, on: date) -> None:
        self.perform(allocate_receipt, on=on, bank_line_id=line, invoice_id=invoice_id, amount_c=amount_c)

    def paid_invoice(self, *, on: date) -> Invoice.Issued:
        """An invoice of 1,000.00 + 210.00 that the client has paid."""
        invoice = self.invoices(on=on)
        (line,) = self.receives(invoice.gross_c, on=on, references=(invoice.reference,))
        self.allocates(line, invoice.originator_id, invoice.gross_c, on=on)
        return invoice

    def grants(self, amount_c: int, *, aid_id: UUID, pay: bool = True) -> None:
        """Let the first member ask for aid, the other one grant it, and perhaps the treasurer pay it."""
        aiding.ask(self.perform, amount_c, aid_id, purpose="a new workbench")
        aiding.grant(self.perform, amount_c, aid_id)
        if pay:
            aiding.pay(self.perform, aid_id)

    def lends(self, amount_c: int, *, aid_id: UUID) -> None:
        """Aid as an advance that was paid."""
        aiding.ask(self.perform, amount_c, aid_id)
        aiding.lend(self.perform, amount_c, aid_id)
        aiding.pay(self.perform, aid_id)

    def claims(self, claim_id: UUID, *, on: date) -> None:
        """A claim of 60.50 with a receipt of its own, of which 50.00 is cost."""
        line = ClaimLine(on, ExpenseType.SUPPLIES, 50_00, 10_50, 10_50, f"{claim_id.int:064x}")
        self.perform(
            submit_claim,
            on=on,
            claim_id=claim_id,
            activity_id=ACTIVITY,
            claimant_id=MEMBER,
            lines=[line],
            purpose="screws for the workbench",
        )

    def pays_a_claim(self, *, on: date) -> UUID:
        """A claim that was approved, paid by the bank and cleared; its order."""
        claim_id, order_id = uuid4(), uuid4()
        self.claims(claim_id, on=on)
        self.perform(approve_claim, on=on, actor="bert", claim_id=claim_id)
        self.perform(
            order_claim_payment, on=on, order_id=order_id, claim_id=claim_id, payee_iban="BE29539000000289"
        )
        self.perform(approve_payment, on=on, actor="bert", order_id=order_id)
        (line,) = self.receives(-60_50, on=on)
        self.perform(clear_payment, on=on, bank_line_id=line, order_id=order_id)
        return order_id

    def asks_a_wage(self, payroll_id: UUID, *, budget_c: int, on: date) -> None:
        """A wage that the first member asks for."""
        self.perform(
            request_payroll,
            on=on,
            payroll_id=payroll_id,
            activity_id=ACTIVITY,
            employee_id=MEMBER,
            budget_c=budget_c,
        )

    def posts_a_slip(self, payroll_id: UUID, *, gross_c: int, on: date) -> None:
        """The slip of that wage, of which nothing is withheld."""
        slip: dict[str, Any] = {"slip_ref": "2026-01/1", "net_c": gross_c, "employer_c": 0}
        lines = [SlipLine(SlipType.GROSS, gross_c)]
        self.perform(post_slip, on=on, payroll_id=payroll_id, lines=lines, **slip)

    def pays_a_wage(self, *, on: date) -> UUID:
        """A wage of 100.00 and 25.00 of contributions, its slip posted and its payment approved; another waits."""
        payroll_id, order_id = uuid4(), uuid4()
        asked: dict[str, Any] = {"activity_id": ACTIVITY, "employee_id": MEMBER, "budget_c": 125_00}
        self.perform(request_payroll, on=on, payroll_id=uuid4(), **asked)
        self.perform(request_payroll, on=on, payroll_id=payroll_id, **asked)
        self.perform(
            post_slip,
            on=on,
            payroll_id=payroll_id,
            slip_ref="slip 1",
            lines=(SlipLine(SlipType.GROSS, 100_00),),
            net_c=100_00,
            employer_c=25_00,
        )
        self.perform(
            order_wage_payment, on=on, order_id=order_id, payroll_id=payroll_id, payee_iban="BE29539000000289"
        )
        self.perform(approve_payment, on=on, actor="bert", order_id=order_id)
        return order_id

    def holds_an_overpayment(self, *, on: date) -> UUID:
        """A client pays 10.00 they do not owe; it is held. Returns the bank line."""
        (receipt,) = self.receives(10_00, on=on)
        self.perform(hold_overpayment, on=on, bank_line_id=receipt, client_id=CLIENT, amount_c=10_00)
        return receipt

    def takes_shares(self, qty: int, *, on: date) -> UUID:
        """The first member subscribes to so many shares of class A at 250.00, pays and is allotted them."""
        self.perform(
            open_share_class,
            on=on,
            entity_id=ENTITY,
            share_class="A",
            unavailable=False,
            statutes_ref="statutes, art. 6",
        )
        self.perform(subscribe_shares, on=on, membership_id=MEMBER, share_class="A", qty=qty, price_c=250_00)
        (line,) = self.receives(qty * 250_00, on=on)
        self.perform(
            pay_share_contribution,
            on=on,
            bank_line_id=line,
            account_id=SHARES,
            payer_id=PERSON,
            amount_c=qty * 250_00,
        )
        self.perform(allot_shares, on=on, account_id=SHARES, qty=qty)
        return line

    def opens_a_poll(self) -> None:
        """A motion put to the vote of the two members; half of them must take part."""
        self.perform(
            adopt_rule_set,
            entity_id=ENTITY,
            name="ordinary",
            version=1,
            valid_from=MARCH,
            quorum=Quorum(1, 2),
            majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
            source_ref="statutes, art. 12",
        )
        self.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
        self.perform(table_motion, motion_id=MOTION, entity_id=ENTITY, title="A workbench", text="Buy one.")
        self.perform(
            open_poll, poll_id=POLL, motion_id=MOTION, roll_id=ROLL, rule_name="ordinary", rule_version=1
        )

    def votes(self, member_id: UUID, choice: Choice) -> None:
        self.perform(cast_vote, poll_id=POLL, member_id=member_id, choice=choice)

    def counts(self, reader: Reader) -> None:
        """Close the poll and record its count, folded from the votes up to the closing position."""
        self.perform(close_poll, poll_id=POLL)
        self.project()
        self.perform(count_poll, poll_id=POLL, ballots=poll_trail(reader, POLL).ballots)
        self.project()

    def decides(self, reader: Reader) -> None:
        """A whole decision: one member changes her mind, both vote, and the motion is adopted."""
        self.opens_a_poll()
        self.votes(MEMBER, Choice.NO)
        self.votes(OTHER_MEMBER, Choice.ABSTAIN)
        self.votes(MEMBER, Choice.YES)
        self.counts(reader)

    def convenes(self) -> None:
        """An assembly five days ahead, which is a short notice; its one motion needs all the votes."""
        self.perform(
            adopt_rule_set,
            entity_id=ENTITY,
            name="assembly",
            version=1,
            valid_from=MARCH,
            quorum=Quorum(1, 1),
            majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
            source_ref="statutes, art. 20",
        )
        self.perform(table_motion, motion_id=ON_AGENDA, entity_id=ENTITY, title="A van", text="Buy one.")
        self.perform(
            convene_assembly,
            assembly_id=ASSEMBLY,
            entity_id=ENTITY,
            held_on=date(2026, 3, 7),
            notice_on=MARCH,
            agenda=[ON_AGENDA],
        )

    def assembles(self, reader: Reader) -> None:
        """The assembly is held: one member is present and votes for both, and it ends."""
        self.convenes()
        self.perform(open_assembly, assembly_id=ASSEMBLY, roll_id=UUID(int=305))
        self.perform(record_attendance, assembly_id=ASSEMBLY, member_id=MEMBER)
        poll: dict[str, Any] = {"poll_id": IN_ASSEMBLY}
        put: dict[str, Any] = {
            "assembly_id": ASSEMBLY,
            "motion_id": ON_AGENDA,
            "rule_name": "assembly",
        } | poll
        self.perform(put_to_the_vote, **put, rule_version=1)
        self.perform(grant_proxy, assembly_id=ASSEMBLY, principal_id=OTHER_MEMBER, holder_id=MEMBER)
        self.perform(put_to_the_vote, **put, rule_version=1)
        self.perform(cast_vote, **poll, member_id=MEMBER, choice=Choice.YES)
        self.perform(cast_vote, **poll, member_id=OTHER_MEMBER, choice=Choice.BLANK, holder_id=MEMBER)
        self.perform(close_poll, **poll)
        self.project()
        self.perform(count_poll, **poll, ballots=poll_trail(reader, IN_ASSEMBLY).ballots)
        self.perform(close_assembly, assembly_id=ASSEMBLY)
        self.project()
