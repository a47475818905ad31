"""What activities lack at their end: recognised, agreed, repaid, set off, covered by a fund, and given up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.activity import Activity
from domain.aggregates.deficit import Deficit
from domain.aggregates.manual_entry import ManualLine
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.bank import import_statements, line_id
from domain.ledger.deficit_receipts import return_deficit_receipt, undo_deficit_receipt
from domain.ledger.deficits import (
    recognise_deficit,
    recover_deficit,
    repay_deficit,
    undo_write_off,
    write_deficit_off,
)
from domain.ledger.endings import begin_closing, close_activity, reopen_activity
from domain.ledger.entities import set_parameter
from domain.ledger.manual_entries import post_entry
from domain.ledger.presets import ACTIVITY_OVERDRAFT_C
from domain.payouts import PayoutRegime
from tests.areas.desk import CENTS_MORE, PEOPLE, PICK, TENTHS, Area
from tests.cooperative import ACCOUNT, ACCOUNT_ID, ACTIVITY, ENTITY, FOUNDED, OPENING_C, entry, statement
from tests.domain.departing import JULY, MARCH, MEMBERS, RECEIPT, RECEIVED_C, cooperative, takes

LAST_DAY = date(2026, 3, 31)
HELD_QTY, PRICE_C = 4, 250_00
NO_LIMIT = "900000000"
WHO = st.integers(0, 1)
EVIDENCE = "ef" * 32


@dataclass
class PaperActivity:
    """One activity: who runs it, what it has, and where its life stands."""

    id: UUID
    run_by: tuple[int, ...]
    result_c: int = 0
    state: str = "open"

    @property
    def lacking_c(self) -> int:
        return max(-self.result_c, 0)


@dataclass
class PaperDeficit:
    """What one person owes for an activity, and up to what they agreed to a set-off."""

    id: UUID
    activity: PaperActivity
    who: int
    amount_c: int
    open_c: int
    recognised_by: str
    agreed_c: int = 0
    lost_c: int = 0
    written_off_by: str = ""
    repaid_c: int = 0
    recovered_c: int = 0
    set_off_c: Counter[UUID] = field(default_factory=Counter)
    """By wage or withdrawal share."""


class Deficits(Area):
    """Rules about what is lacking, and how it is paid by the person or by nobody."""

    def found(self) -> None:
        self.ledger = cooperative()
        for nth in (0, 1):
            takes(self.ledger, nth, HELD_QTY)
        opened: dict[str, Any] = {"code": "A2", "membership_ids": [MEMBERS[1], MEMBERS[0]]}
        opened["payout_regime"] = PayoutRegime.EMPLOYEE
        self.ledger.perform(open_activity, on=FOUNDED, entity_id=ENTITY, **opened)
        overdraft: dict[str, Any] = {"name": ACTIVITY_OVERDRAFT_C, "value": NO_LIMIT, "source_ref": "board"}
        self.ledger.perform(set_parameter, on=MARCH, entity_id=ENTITY, valid_from=MARCH, **overdraft)
        self.activities = [
            PaperActivity(ACTIVITY, (0,)),
            PaperActivity(activity_id(ENTITY, "A2"), (0, 1)),
        ]
        self.deficits: list[PaperDeficit] = []
        self.left_c = RECEIVED_C - 2 * HELD_QTY * PRICE_C
        self.closing_c, self.statements = OPENING_C + RECEIVED_C, 1

    @rule(pick=PICK, amount_c=st.integers(1, 900_00), earns=st.sampled_from([False, False, True]))
    def bear(self, pick: int, amount_c: int, *, earns: bool) -> None:
        """Let an activity bear a cost, or earn; what comes to light after its end counts as well."""
        self.move(self.activities[pick % 2], amount_c, earns=earns)

    def move(self, activity: PaperActivity, amount_c: int, *, earns: bool = False) -> None:
        """Book what an activity earns or bears."""
        cost = [ManualLine("613", amount_c, 0, activity.id), ManualLine("492", 0, amount_c)]
        income = [ManualLine("490", amount_c, 0), ManualLine("7001", 0, amount_c, activity.id)]
        asked: dict[str, Any] = {"entry_id": self.new_id(), "entity_id": ENTITY, "day": JULY}
        asked |= {"lines": income if earns else cost, "reason": "billed", "evidence_sha256": EVIDENCE}
        self.ask(True, post_entry, on=JULY, **asked)
        activity.result_c += amount_c if earns else -amount_c
        self.post(amount_c, *(("490", "7001") if earns else ("613", "492")))

    @rule(pick=PICK, step=st.sampled_from(["begin", "begin", "close", "reopen"]))
    def end(self, pick: int, step: str) -> None:
        """Begin the closing of an activity, close it once it has and lacks nothing, or let it go on."""
        activity = self.activities[pick % 2]
        if step == "begin":
            asked: dict[str, Any] = {"activity_id": activity.id, "ends_on": LAST_DAY, "reason": "it ends"}
            if self.ask(activity.state == "open", begin_closing, on=MARCH, **asked):
                activity.state = "closing"
        elif step == "close":
            right = activity.state == "closing" and not activity.result_c
            if self.ask(right, close_activity, on=JULY, activity_id=activity.id):
                activity.state = "closed"
        elif self.ask(
            activity.state != "open", reopen_activity, on=JULY, activity_id=activity.id, reason="it goes on"
        ):
            activity.state = "open"

    @rule(pick=PICK, who=WHO, tenths=TENTHS, more_c=CENTS_MORE, actor=PEOPLE)
    def recognise(self, pick: int, who: int, tenths: int, more_c: int, actor: str) -> None:
        """Let one who runs it owe part of what it lacks, or a cent more than all of it."""
        activity = self.one_of(
            self.activities, pick, lambda each: each.state != "open" and each.lacking_c > 0
        )
        assert activity is not None
        self.recognise_of(activity, who, self.part(activity.lacking_c, tenths, more_c), actor)

    @rule(pick=PICK, who=WHO, amount_c=st.integers(1, 1_500_00), actor=PEOPLE)
    def end_with_a_deficit(self, pick: int, who: int, amount_c: int, actor: str) -> None:
        """Let an activity that is about to end, or over, lack so much more, and one who runs it owe that."""
        activity = self.activities[pick % 2]
        if activity.state == "open":
            self.end(pick, "begin")
        self.move(activity, amount_c)
        if activity.lacking_c:
            self.recognise_of(activity, who, min(amount_c, activity.lacking_c), actor)

    def recognise_of(self, activity: PaperActivity, who: int, amount_c: int, actor: str) -> None:
        """Ask it of that activity."""
        new = self.new_id()
        right = activity.state in ("closing", "closed") and who in activity.run_by
        right = right and 0 < amount_c <= activity.lacking_c
        asked: dict[str, Any] = {"deficit_id": new, "activity_id": activity.id, "amount_c": amount_c}
        asked |= {"membership_id": MEMBERS[who], "decision_ref": "convention, article 9"}
        if self.ask(right, recognise_deficit, on=JULY, actor=actor, **asked):
            self.deficits.append(PaperDeficit(new, activity, who, amount_c, amount_c, actor))
            activity.result_c += amount_c
            self.post(amount_c, "416", "744")

    def deficit(self, pick: int) -> PaperDeficit | None:
        """One of which something is open; now and then any."""
        return self.one_of(self.deficits, pick, lambda each: each.open_c > 0)

    def settled(self, deficit: PaperDeficit, amount_c: int, paid_from: str) -> None:
        """Owe so much less of it."""
        deficit.open_c -= amount_c
        self.post(amount_c, paid_from, "416")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def repay(self, pick: int, tenths: int, more_c: int) -> None:
        if (deficit := self.deficit(pick)) is None:
            return
        amount_c = self.part(deficit.open_c, tenths, more_c)
        asked: dict[str, Any] = {"bank_line_id": RECEIPT, "deficit_id": deficit.id, "amount_c": amount_c}
        right = 0 < amount_c <= min(deficit.open_c, self.left_c)
        if self.ask(right, repay_deficit, on=JULY, **asked):
            self.left_c -= amount_c
            deficit.repaid_c += amount_c
            self.settled(deficit, amount_c, "499")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def recover(self, pick: int, tenths: int, more_c: int) -> None:
        """Take in part of what was written off, or a cent more than all of it."""
        deficit = self.one_of(self.deficits, pick, lambda each: each.lost_c > 0)
        if deficit is None:
            return
        amount_c = self.part(deficit.lost_c, tenths, more_c)
        asked: dict[str, Any] = {"bank_line_id": RECEIPT, "deficit_id": deficit.id, "amount_c": amount_c}
        if self.ask(0 < amount_c <= min(deficit.lost_c, self.left_c), recover_deficit, on=JULY, **asked):
            self.left_c -= amount_c
            deficit.lost_c -= amount_c
            deficit.recovered_c += amount_c
            self.post(amount_c, "499", "746")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE, taken=st.booleans())
    def reverse_a_receipt(self, pick: int, tenths: int, more_c: int, *, taken: bool) -> None:
        """Say that what was paid of one was not, or that the bank took it back: what came last goes first."""
        deficit = self.one_of(self.deficits, pick, lambda each: each.repaid_c + each.recovered_c > 0)
        if deficit is None:
            return
        most_c = deficit.repaid_c + deficit.recovered_c
        amount_c = self.part(most_c, tenths, more_c)
        asked: dict[str, Any] = {"deficit_id": deficit.id, "amount_c": amount_c}
        if taken and amount_c > 0:
            asked |= {"bank_line_id": self.money_out(amount_c), "of_line_id": RECEIPT}
            done = self.ask(amount_c <= most_c, return_deficit_receipt, on=JULY, **asked)
        else:
            asked |= {"bank_line_id": RECEIPT, "reason": "of another activity"}
            done = self.ask(0 < amount_c <= most_c, undo_deficit_receipt, on=JULY, **asked)
        if done:
            self.left_c += 0 if "of_line_id" in asked else amount_c
            lost_c = min(amount_c, deficit.recovered_c)
            deficit.recovered_c -= lost_c
            deficit.repaid_c -= amount_c - lost_c
            deficit.lost_c += lost_c
            deficit.open_c += amount_c - lost_c
            self.post(lost_c, "746", "499")
            self.post(amount_c - lost_c, "416", "499")

    def money_out(self, amount_c: int) -> UUID:
        """The one line of the bank's next statement, of so much money out."""
        self.statements += 1
        n, entries = self.statements, [entry("1", -amount_c, on=MARCH)]
        reported = statement(n, entries, opening_c=self.closing_c, on=MARCH)
        self.ask(True, import_statements, on=MARCH, account=ACCOUNT, statements=[reported])
        self.closing_c -= amount_c
        self.post(amount_c, "499", "550")
        return line_id(ACCOUNT_ID, f"2026/{n}", "1")

    @rule(pick=PICK, actor=PEOPLE)
    def write_off(self, pick: int, actor: str) -> None:
        """Give the rest up, as another person than the one who recognised it."""
        if (deficit := self.deficit(pick)) is None:
            return
        right = deficit.open_c > 0 and actor != deficit.recognised_by
        asked: dict[str, Any] = {"deficit_id": deficit.id, "decision_ref": "board 7"}
        if self.ask(right, write_deficit_off, on=JULY, actor=actor, **asked):
            deficit.written_off_by = actor
            deficit.lost_c += deficit.open_c
            self.settled(deficit, deficit.open_c, "643")

    @rule(pick=PICK, actor=PEOPLE)
    def expect_after_all(self, pick: int, actor: str) -> None:
        """Say that it was written off by mistake, as another person than who did: what is still lost is owed again."""
        deficit = self.one_of(self.deficits, pick, lambda each: each.lost_c > 0)
        if deficit is None:
            return
        right = deficit.lost_c > 0 and actor != deficit.written_off_by
        asked: dict[str, Any] = {"deficit_id": deficit.id, "decision_ref": "board 8"}
        if self.ask(right, undo_write_off, on=JULY, actor=actor, **asked):
            self.settled(deficit, -deficit.lost_c, "643")
            deficit.lost_c = 0

    @invariant()
    def what_is_owed_is_what_the_paper_says_and_never_more_than_was_recognised(self) -> None:
        for deficit in self.deficits:
            kept = self.state(Deficit, deficit.id)
            assert (kept.open_c, kept.lost_c) == (deficit.open_c, deficit.lost_c)
            assert kept.agreed_c == deficit.agreed_c
            assert 0 <= deficit.open_c + deficit.lost_c <= deficit.amount_c
            assert min(deficit.open_c, deficit.lost_c) >= 0
        for activity in self.activities:
            stands = self.state(Activity, activity.id)
            assert (stands.result_c, stands.state) == (activity.result_c, activity.state)
