"""An activity: the economic life of one or more entrepreneurs inside the cooperative.

    ── Opened ──> open ── Frozen ──> frozen; open, frozen ── ClosingBegun ──> closing ── Closed ──> closed
    frozen, closing, closed ── Reopened ──> open; and all along it is told what moves its money
    earns: Invoiced, Credited, GuaranteeSettled, ResultAdjusted; collects: ReceiptSettled, ReceiptReversed
    leaves: ContributionCharged, ContributionReversed, FundContributionCharged, FundContributionReversed
    promises: Committed ──> Released, or CostPosted; lacks: PayoutsHeld ──> PayoutsFreed; had: TakenOver

It is a dimension of every posting beside the legal entity. What it earns, leaves, collects and
promises is told here too, in the batch that books it, so that a rule about its money is decided on
one stream. These facts bear no booking day: the books know the same money from its own fact.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.activity_life import ActivityLife, ActivityState, End, Ending, Freezing, GoingOn
from domain.brought import ActivityBrought
from domain.doubt import ResultMoved
from domain.errors import ActivityWithoutMembers, EmptyText, OverAvailable, PayoutsHeld
from domain.facts import Ledgered, Stamp
from domain.money import require_positive
from domain.payouts import PayoutRegime
from domain.settlement import Charge, Reversal


class Activity(ActivityLife):
    """One activity of one legal entity."""

    TOPIC = "activity"

    def __init__(
        self,
        entity_id: UUID,
        effective_on: date,
        code: str,
        membership_ids: tuple[UUID, ...],
        payout_regime: PayoutRegime,
    ) -> None:
        """Start open, with nothing earned."""
        self.entity_id = entity_id
        self.opened_on = effective_on
        self.code = code
        self.membership_ids = membership_ids
        self.payout_regime = payout_regime
        self.result_c = 0
        self.open_net_c = 0
        self.committed_c = 0
        self.payouts_held = False
        self.state = ActivityState.OPEN
        self.ends_on: date | None = None

    class Event(Ledgered.Event):
        """What happened to an activity."""

        entity_id: UUID

    class Opened(Event, Ledgered.Created):
        """The activity began, run by these members."""

        TOPIC = "activity.opened.v1"
        code: str
        membership_ids: tuple[UUID, ...]
        payout_regime: PayoutRegime

    Created = Opened

    class ContributionCharged(Event):
        """The activity owes the cooperative a contribution; no `rate_bp` if by tiers, or for a month."""

        TOPIC = "activity.contribution-charged.v1"
        booked_on: date
        document_id: UUID
        plan_version: int
        base_c: int
        rate_bp: int | None
        amount_c: int

        def apply(self, activity: Activity) -> None:
            """Take the contribution off the result."""
            activity.result_c -= self.amount_c

    class FundContributionCharged(Event):
        """The activity owes a mutual fund its part of a document; the fund's own fact books it."""

        TOPIC = "activity.fund-contribution-charged.v1"
        fund_id: UUID
        document_id: UUID
        amount_c: int

        def apply(self, activity: Activity) -> None:
            """Take the fund's part off the result."""
            activity.result_c -= self.amount_c

    class Invoiced(Event):
        """An invoice was issued on the activity's behalf; the invoice's own fact books it."""

        TOPIC = "activity.invoiced.v1"
        document_id: UUID
        net_c: int

        def apply(self, activity: Activity) -> None:
            """Count the turnover as earned, and as open until the client pays."""
            activity.result_c += self.net_c
            activity.open_net_c += self.net_c

    class Credited(Event):
        """A credit note took turnover back, net of VAT; its own fact books it.

        `open_net_c` of it was still to be paid by the client, after what stays of the invoice is paid
        in proportion.
        """

        TOPIC = "activity.credited.v1"
        document_id: UUID
        net_c: int
        open_net_c: int

        def apply(self, activity: Activity) -> None:
            """Have earned less, and leave less open."""
            activity.result_c -= self.net_c
            activity.open_net_c -= self.open_net_c

    class ContributionReversed(Event):
        """A document gave the activity contribution back: a credit note, a payment undone, a cost."""

        TOPIC = "activity.contribution-reversed.v1"
        booked_on: date
        document_id: UUID
        invoice_id: UUID | None
        plan_version: int
        base_c: int
        rate_bp: int | None
        amount_c: int

        def apply(self, activity: Activity) -> None:
            """Give the contribution back to the result."""
            activity.result_c += self.amount_c

    class FundContributionReversed(Event):
        """A document gave the activity a mutual fund's part back; the fund's own fact books it."""

        TOPIC = "activity.fund-contribution-reversed.v1"
        fund_id: UUID
        document_id: UUID
        amount_c: int

        def apply(self, activity: Activity) -> None:
            """Give the fund's part back to the result."""
            activity.result_c += self.amount_c

    class PayoutsHeld(Event):
        """Something the activity had was taken back and left less than nothing: claims and wages wait.

        `available_c` is what is left, below zero, before what may be overdrawn.
        """

        TOPIC = "activity.payouts-held.v1"
        document_id: UUID
        available_c: int

        def apply(self, activity: Activity) -> None:
            """Let them wait."""
            activity.payouts_held = True

    class PayoutsFreed(Event):
        """Nothing is missing any more: claims and wages are paid out again."""

        TOPIC = "activity.payouts-freed.v1"
        document_id: UUID

        def apply(self, activity: Activity) -> None:
            """Let them go on."""
            activity.payouts_held = False

    class ReceiptSettled(Event):
        """A client paid this much of an invoice, net of VAT; the invoice's own fact books it."""

        TOPIC = "activity.receipt-settled.v1"
        document_id: UUID
        net_c: int

        def apply(self, activity: Activity) -> None:
            """Leave less open."""
            activity.open_net_c -= self.net_c

    class ReceiptReversed(Event):
        """What a client had paid was taken back, net of VAT; the invoice's own fact books it."""

        TOPIC = "activity.receipt-reversed.v1"
        document_id: UUID
        net_c: int

        def apply(self, activity: Activity) -> None:
            """Leave more open."""
            activity.open_net_c += self.net_c

    class Committed(Event):
        """This much was promised on the activity's account, and is not yet posted."""

        TOPIC = "activity.committed.v1"
        document_id: UUID
        amount_c: int

        def apply(self, activity: Activity) -> None:
            """Set the amount aside."""
            activity.committed_c += self.amount_c

    class Released(Event):
        """A promise came to nothing."""

        TOPIC = "activity.released.v1"
        document_id: UUID
        amount_c: int

        def apply(self, activity: Activity) -> None:
            """Set the amount aside no longer."""
            activity.committed_c -= self.amount_c

    class CostPosted(Event):
        """A cost was posted, and with it a promise of `released_c` kept; the cost's own fact books it."""

        TOPIC = "activity.cost-posted.v1"
        document_id: UUID
        amount_c: int
        released_c: int

        def apply(self, activity: Activity) -> None:
            """Take the cost off the result, and the promise off what is set aside."""
            activity.result_c -= self.amount_c
            activity.committed_c -= self.released_c

    class ResultAdjusted(Event, ResultMoved):
        """A manual entry, a doubtful or late claim, or a deficit moved the result; its own fact books it."""

        TOPIC = "activity.result-adjusted.v1"

    class GuaranteeSettled(Event):
        """A mutual fund stood in for a client; below zero, the client paid in the end and it got that back.

        The guarantee's own fact books it.
        """

        TOPIC = "activity.guarantee-settled.v1"
        document_id: UUID
        amount_c: int

        def apply(self, activity: Activity) -> None:
            """Count the amount as earned: the fund has it already collected."""
            activity.result_c += self.amount_c

    class TakenOver(Event, ActivityBrought):
        """What the activity stood at in the old books."""

        TOPIC = "activity.taken-over.v1"

    class Frozen(Event, Freezing):
        """Someone froze the activity until it is reopened; who it was stands in the fact, and why."""

        TOPIC = "activity.frozen.v1"

    class ClosingBegun(Event, Ending):
        """The activity ends: what was done until its last day is still invoiced and paid."""

        TOPIC = "activity.closing-begun.v1"

    class Reopened(Event, GoingOn):
        """What had stopped or ended the activity is over: it goes on."""

        TOPIC = "activity.reopened.v1"

    class Closed(Event, End):
        """The activity is over, with nothing on it."""

        TOPIC = "activity.closed.v1"

    @property
    def collected_c(self) -> int:
        """The result as far as clients have paid it, in cents."""
        return self.result_c - self.open_net_c

    def available_c(self, overdraft_c: int) -> int:
        """What can still be promised, in cents: collected less promised, and what may be overdrawn."""
        return self.collected_c - self.committed_c + overdraft_c

    @classmethod
    def open(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        code: str,
        membership_ids: tuple[UUID, ...],
        payout_regime: PayoutRegime,
    ) -> Activity:
        """Open an activity under a code of its own, run by at least one member."""
        if not code.strip():
            raise EmptyText(field="code")
        if not membership_ids:
            raise ActivityWithoutMembers(code=code)
        says = {"code": code, "membership_ids": membership_ids, "payout_regime": payout_regime}
        return cls.begin(stamp, id=id, entity_id=entity_id, **says)

    def charge_contribution(self, stamp: Stamp, charge: Charge) -> None:
        """Charge the contribution on what a document adds to its base."""
        self._note(self.ContributionCharged, stamp, **vars(charge))

    def charge_fund_contribution(
        self, stamp: Stamp, *, fund_id: UUID, document_id: UUID, amount_c: int
    ) -> None:
        """Charge a mutual fund's part of one document."""
        says = {"fund_id": fund_id, "document_id": document_id, "amount_c": amount_c}
        self._note(self.FundContributionCharged, stamp, **says)

    def earn(self, stamp: Stamp, *, document_id: UUID, net_c: int) -> None:
        """Count the turnover of an invoice, net of VAT."""
        self._note(self.Invoiced, stamp, document_id=document_id, net_c=net_c)

    def credit(self, stamp: Stamp, *, document_id: UUID, net_c: int, open_net_c: int) -> None:
        """Take back the turnover of a credit note, whether or not that leaves anything available."""
        self._note(self.Credited, stamp, document_id=document_id, net_c=net_c, open_net_c=open_net_c)

    def reverse_contribution(self, stamp: Stamp, reversal: Reversal) -> None:
        """Give back the contribution on what a document takes off its base."""
        self._note(self.ContributionReversed, stamp, **vars(reversal))

    def reverse_fund_contribution(
        self, stamp: Stamp, *, fund_id: UUID, document_id: UUID, amount_c: int
    ) -> None:
        """Give back a mutual fund's part of what a document takes off its base."""
        says = {"fund_id": fund_id, "document_id": document_id, "amount_c": amount_c}
        self._note(self.FundContributionReversed, stamp, **says)

    def weigh(self, stamp: Stamp, *, document_id: UUID, before_c: int) -> None:
        """Hold payouts if a document left less than nothing of `before_c`, or free them once that is made up.

        A new invoice takes its contribution before its client pays; that alone holds nothing.
        """
        available_c = self.available_c(0)
        if self.payouts_held and available_c >= 0:
            self._note(self.PayoutsFreed, stamp, document_id=document_id)
        elif not self.payouts_held and available_c < min(before_c, 0):
            self._note(self.PayoutsHeld, stamp, document_id=document_id, available_c=available_c)

    def require_payouts(self, overdraft_c: int) -> None:
        """Refuse that claims or wages are paid out while they are held, unless so much may be overdrawn."""
        available_c = self.available_c(overdraft_c)
        if self.payouts_held and available_c < 0:
            raise PayoutsHeld(activity=self.code, available_c=available_c)

    def settle(self, stamp: Stamp, *, document_id: UUID, net_c: int) -> None:
        """Count what a client paid of an invoice, net of VAT."""
        self._move(self.ReceiptSettled, stamp, document_id, net_c=net_c)

    def unsettle(self, stamp: Stamp, *, document_id: UUID, net_c: int) -> None:
        """Count that what a client had paid of an invoice was taken back, net of VAT."""
        self._note(self.ReceiptReversed, stamp, document_id=document_id, net_c=net_c)

    def commit(self, stamp: Stamp, *, document_id: UUID, amount_c: int, overdraft_c: int) -> None:
        """Promise an amount within what is available."""
        self.require_promising()
        require_positive(amount_c)
        available_c = self.available_c(overdraft_c)
        if amount_c > available_c:
            raise OverAvailable(available_c=available_c, amount_c=amount_c)
        self._note(self.Committed, stamp, document_id=document_id, amount_c=amount_c)

    def owe(self, stamp: Stamp, *, document_id: UUID, amount_c: int) -> None:
        """Set aside what is to be paid back, whether or not it is available: an advance was paid for want of it."""
        self.note(self.Committed, stamp, entity_id=self.entity_id, document_id=document_id, amount_c=amount_c)

    def release(self, stamp: Stamp, *, document_id: UUID, amount_c: int) -> None:
        """Give up a promise."""
        self._move(self.Released, stamp, document_id, amount_c=amount_c)

    def bear(self, stamp: Stamp, *, document_id: UUID, cost_c: int, promised_c: int) -> None:
        """Bear a posted cost, whether or not it is available; its promise is kept with it."""
        self._move(self.CostPosted, stamp, document_id, amount_c=cost_c, released_c=promised_c)

    def adjust(self, stamp: Stamp, *, document_id: UUID, amount_c: int, open_net_c: int = 0) -> None:
        """Earn what a document says, below zero if it is a cost, and leave so much more open."""
        self._move(self.ResultAdjusted, stamp, document_id, amount_c=amount_c, open_net_c=open_net_c)

    def settle_guarantee(self, stamp: Stamp, *, document_id: UUID, amount_c: int) -> None:
        """Count what a fund gives in a client's place, or below zero gets back."""
        self._move(self.GuaranteeSettled, stamp, document_id, amount_c=amount_c)

    def _move(self, kind: type[Event], stamp: Stamp, document_id: UUID, **says: int) -> None:
        """Note what a document moves, and weigh what that leaves."""
        before_c = self.available_c(0)
        self._note(kind, stamp, document_id=document_id, **says)
        self.weigh(stamp, document_id=document_id, before_c=before_c)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, **says)
