"""Money between activities and between entities: what one leaves, invoices or owes, another gets, or bears."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.activity import Activity
from domain.aggregates.group_link import GroupLink
from domain.aggregates.internal_transfer import InternalTransfer
from domain.aggregates.invoice import Invoice
from domain.aggregates.manual_entry import ManualLine
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.ledger import transfers
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.endings import begin_closing, close_activity, freeze_activity, reopen_activity
from domain.ledger.entities import set_parameter
from domain.ledger.intercompany import intercompany_id, invoice_within_group
from domain.ledger.manual_entries import post_entry
from domain.ledger.presets import VAT_UNIT
from domain.ledger.purchases import approve_purchase, purchase_id
from domain.payouts import PayoutRegime
from domain.spending import ExpenseType
from domain.vat import VatCategory
from tests.areas.desk import CENTS_MORE, PEOPLE, PICK, TENTHS, Area
from tests.areas.orders import at
from tests.cooperative import ACTIVITY, ENTITY, FOUNDED, OTHER_MEMBER, found, line
from tests.domain.trading import BUYER, BUYING, SELLER_AS_SUPPLIER, found_buyer, link

OTHER = activity_id(ENTITY, "A2")
DAY = date(2026, 1, 8)
SIDES = st.sampled_from([ACTIVITY, ACTIVITY, OTHER, OTHER, None, BUYING])
ENTITY_OF = {ACTIVITY: ENTITY, OTHER: ENTITY, BUYING: BUYER}
PROOF = "cd" * 32
VAT_BP = 2_100


@dataclass
class PaperTransfer:
    """What one side leaves to another, and where that stands."""

    id: UUID
    giver: UUID | None
    taker: UUID | None
    amount_c: int
    proposed_by: str
    state: str = "proposed"


@dataclass
class PaperPair:
    """An invoice of the first entity, which is a bill of the second."""

    invoice: UUID
    bill: UUID
    net_c: int
    vat_c: int
    deductible_c: int
    borne_by: UUID | None
    approved: bool = False


class Between(Area):
    """Rules about three activities, of which one is the other entity's."""

    def found(self) -> None:
        found(self.ledger.perform)
        found_buyer(self.ledger.perform)
        link(self.ledger.perform)
        opened: dict[str, Any] = {"code": "A2", "membership_ids": [OTHER_MEMBER], "entity_id": ENTITY}
        self.ledger.perform(open_activity, on=FOUNDED, payout_regime=PayoutRegime.EMPLOYEE, **opened)
        self.result_c: Counter[UUID] = Counter()
        self.open_net_c: Counter[UUID] = Counter()
        self.committed_c: Counter[UUID] = Counter()
        self.life = dict.fromkeys((ACTIVITY, OTHER, BUYING), "open")
        self.transfers: list[PaperTransfer] = []
        self.pairs: list[PaperPair] = []
        self.units = {ENTITY: "none", BUYER: "none"}
        self.last_issued = DAY

    def available_c(self, id_: UUID) -> int:
        return self.result_c[id_] - self.open_net_c[id_] - self.committed_c[id_]

    @rule(id_=st.sampled_from([ACTIVITY, OTHER]), amount_c=st.integers(1, 900_00), earns=st.booleans())
    def move(self, id_: UUID, amount_c: int, *, earns: bool) -> None:
        """Let an activity earn, or bear a cost."""
        cost = [ManualLine("613", amount_c, 0, id_), ManualLine("492", 0, amount_c)]
        income = [ManualLine("490", amount_c, 0), ManualLine("7001", 0, amount_c, id_)]
        asked: dict[str, Any] = {"entry_id": self.new_id(), "entity_id": ENTITY, "day": DAY}
        asked |= {"lines": income if earns else cost, "reason": "billed", "evidence_sha256": PROOF}
        self.ask(True, post_entry, on=DAY, **asked)
        self.result_c[id_] += amount_c if earns else -amount_c
        self.post(amount_c, *(("490", "7001") if earns else ("613", "492")))

    @rule(id_=st.sampled_from([ACTIVITY, OTHER]), step=st.sampled_from(["freeze", "end", "close", "go on"]))
    def live(self, id_: UUID, step: str) -> None:
        """Freeze an activity, end it, close it once nothing is on it, or let it go on."""
        was = self.life[id_]
        if step == "freeze":
            if self.ask(was == "open", freeze_activity, on=DAY, activity_id=id_, reason="no answer"):
                self.life[id_] = "frozen"
        elif step == "end":
            asked: dict[str, Any] = {"activity_id": id_, "ends_on": DAY, "reason": "over"}
            if self.ask(was in ("open", "frozen"), begin_closing, on=DAY, **asked):
                self.life[id_] = "closing"
        elif step == "close":
            empty = not (self.result_c[id_] or self.open_net_c[id_] or self.committed_c[id_])
            if self.ask(was == "closing" and empty, close_activity, on=DAY, activity_id=id_):
                self.life[id_] = "closed"
        elif self.ask(was != "open", reopen_activity, on=DAY, activity_id=id_, reason="it goes on"):
            self.life[id_] = "open"

    def promises(self, id_: UUID | None) -> bool:
        """Tell whether a side promises anything new; the cooperative itself always does."""
        return id_ is None or self.life[id_] not in ("frozen", "closed")

    @rule(giver=SIDES, taker=SIDES, tenths=TENTHS, more_c=CENTS_MORE, actor=PEOPLE)
    def propose(self, giver: UUID | None, taker: UUID | None, tenths: int, more_c: int, actor: str) -> None:
        """Leave part of what is available to another side of the first entity, or a cent more than that."""
        has_c = 500_00 if giver is None else max(0, self.available_c(giver))
        amount_c, new = self.part(has_c, tenths, more_c), self.new_id()
        right = amount_c > 0 and giver != taker and BUYING not in (giver, taker)
        right = right and self.promises(giver) and self.promises(taker)
        right = right and (giver is None or amount_c <= self.available_c(giver))
        asked: dict[str, Any] = {"transfer_id": new, "entity_id": ENTITY, "amount_c": amount_c}
        asked |= {"from_activity_id": giver, "to_activity_id": taker, "reason": "a part of the work"}
        if self.ask(right, transfers.propose_transfer, on=DAY, actor=actor, **asked):
            self.transfers.append(PaperTransfer(new, giver, taker, amount_c, actor))
            if giver is not None:
                self.committed_c[giver] += amount_c

    def transfer(self, pick: int, state: str) -> PaperTransfer | None:
        """One that stands there; now and then any."""
        return self.one_of(self.transfers, pick, lambda each: each.state == state)

    @rule(pick=PICK, actor=PEOPLE)
    def accept(self, pick: int, actor: str) -> None:
        """Accept it as another person, while the taker takes anything new."""
        if (one := self.transfer(pick, "proposed")) is None:
            return
        right = one.state == "proposed" and actor != one.proposed_by and self.promises(one.taker)
        if self.ask(right, transfers.accept_transfer, on=DAY, actor=actor, transfer_id=one.id):
            one.state = "accepted"
            if one.giver is not None:
                self.committed_c[one.giver] -= one.amount_c
            self._passes(one, one.amount_c)

    def _passes(self, one: PaperTransfer, amount_c: int) -> None:
        """Let so much pass; it is nil in the legal books, on one account with two tags."""
        if one.giver is not None:
            self.result_c[one.giver] -= amount_c
        if one.taker is not None:
            self.result_c[one.taker] += amount_c

    @rule(pick=PICK)
    def decline(self, pick: int) -> None:
        if (one := self.transfer(pick, "proposed")) is None:
            return
        asked: dict[str, Any] = {"transfer_id": one.id, "reason": "too much"}
        if self.ask(one.state == "proposed", transfers.decline_transfer, on=DAY, **asked):
            one.state = "declined"
            if one.giver is not None:
                self.committed_c[one.giver] -= one.amount_c

    @rule(pick=PICK)
    def reverse(self, pick: int) -> None:
        """Take an accepted one back, whether or not the taker still has it."""
        if (one := self.transfer(pick, "accepted")) is None:
            return
        asked: dict[str, Any] = {"transfer_id": one.id, "reason": "the wrong activity"}
        if self.ask(one.state == "accepted", transfers.reverse_transfer, on=DAY, **asked):
            one.state = "reversed"
            self._passes(one, -one.amount_c)

    @rule(unit=st.sampled_from(["none", "BE0700000042"]), of=st.sampled_from([ENTITY, BUYER]))
    def join_a_vat_unit(self, unit: str, of: UUID) -> None:
        """Join one, or leave it."""
        asked: dict[str, Any] = {"entity_id": of, "name": VAT_UNIT, "value": unit, "source_ref": "tax office"}
        self.ask(True, set_parameter, on=DAY, valid_from=DAY, **asked)
        self.units[of] = unit

    @rule(
        net_c=st.integers(0, 900_00),
        outside=st.sampled_from([False, False, True]),
        borne_by=st.sampled_from([None, BUYING, BUYING, OTHER]),
        deductible_bp=st.sampled_from([10_000, 5_000, 0]),
        days=st.integers(0, 3),
    )
    def sell(
        self, net_c: int, borne_by: UUID | None, deductible_bp: int, days: int, *, outside: bool
    ) -> None:
        """Invoice the other entity: with VAT, or outside its scope inside one VAT unit."""
        on = self.last_issued.replace(day=min(28, self.last_issued.day + days))
        within = self.units[ENTITY] == self.units[BUYER] != "none"
        rate_bp = 0 if outside else VAT_BP
        category = VatCategory.OUTSIDE_SCOPE if outside else VatCategory.STANDARD
        asked_line = line(
            f"{net_c // 100}.{net_c % 100:02}",
            rate_bp=rate_bp,
            vat_category=category,
            exemption_code="",
        )
        new, vat_c = self.new_id(), at(net_c, rate_bp)
        right = net_c > 0 and borne_by is not OTHER and self._supplies(on)
        right = right and outside == within
        asked: dict[str, Any] = {"invoice_id": new, "activity_id": ACTIVITY, "buyer_id": BUYER}
        asked |= {"buyer_activity_id": borne_by, "expense_type": ExpenseType.SERVICES, "due_on": None}
        asked |= {"issued_on": on, "supplied_on": on, "lines": [asked_line], "deductible_bp": deductible_bp}
        if not self.ask(right, invoice_within_group, on=on, **asked):
            return
        self.last_issued = on
        number = self.state(Invoice, new).invoice_no
        bill = purchase_id(SELLER_AS_SUPPLIER, number)
        self.pairs.append(PaperPair(new, bill, net_c, vat_c, at(vat_c, deductible_bp), borne_by))
        fund_c = at(net_c, 100)
        self.result_c[ACTIVITY] += net_c - at(net_c, 1_000) - fund_c
        self.open_net_c[ACTIVITY] += net_c
        self.post(net_c, "400", "7001")
        self.post(vat_c, "400", "451")
        self.post(fund_c, "6191", "4895")

    def _supplies(self, on: date) -> bool:
        """What was supplied until its last day an activity still invoices."""
        return self.life[ACTIVITY] == "open" or (self.life[ACTIVITY] == "closing" and on <= DAY)

    @rule(pick=PICK, actor=PEOPLE)
    def approve(self, pick: int, actor: str) -> None:
        """Approve the bill on the other side, as another person than the one who invoiced it."""
        pair = self.one_of(self.pairs, pick, lambda each: not each.approved)
        if pair is None:
            return
        right = not pair.approved and actor != "anna"
        if self.ask(right, approve_purchase, on=DAY, actor=actor, purchase_id=pair.bill):
            pair.approved = True
            cost_c = pair.net_c + pair.vat_c - pair.deductible_c
            if pair.borne_by is not None:
                self.result_c[pair.borne_by] -= cost_c
            self.post(cost_c, "613", "440", BUYER)
            self.post(pair.deductible_c, "411", "440", BUYER)

    @invariant()
    def activities_and_transfers_stand_where_the_paper_says(self) -> None:
        for one in self.transfers:
            assert self.state(InternalTransfer, one.id).state == one.state
        for id_, life in self.life.items():
            kept = self.state(Activity, id_)
            assert (kept.result_c, kept.committed_c) == (self.result_c[id_], self.committed_c[id_])
            assert kept.state == life

    @invariant()
    def what_one_entity_claims_of_the_other_is_what_that_owes_once_it_approved(self) -> None:
        for pair in self.pairs:
            bill = self.state(PurchaseInvoice, pair.bill)
            assert bill.due_c == pair.net_c + pair.vat_c == self.state(Invoice, pair.invoice).gross_c
            kinds = [type(each) for each in self.streams[pair.bill]]
            assert kinds[0] is PurchaseInvoice.Mirrored
            assert self.streams[pair.bill][0].intercompany_id == intercompany_id(pair.invoice)
        waits_c = sum(pair.net_c + pair.vat_c for pair in self.pairs if not pair.approved)
        assert self.booked[ENTITY, "400"] + self.booked[BUYER, "440"] == waits_c
        mirrored = [each for each in self.ledger.facts if isinstance(each, GroupLink.Mirrored)]
        assert [each.invoice_id for each in mirrored] == [pair.invoice for pair in self.pairs]
