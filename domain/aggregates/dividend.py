"""A dividend: what the assembly gave each share of a class, from the vote until every holder is named.

    ── Voted ──> voted ── Appropriated ──> appropriated ── MadePayable ──> payable
    payable ── HoldersEntered ──> shared out, page by page, until every share is

Whoever held the shares on the day that the decision names is given it, as the register stood when it was
voted: shares that ended before that day have none, those that end later keep theirs. What each holder is
due stands on a stream of its own. The tax withheld is a debt to the state from the day on which the
dividend is made payable, whether or not a holder has been paid (Income Tax Code 1992, art. 267 ◇).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.errors import DividendNotAppropriated, DividendSharedOut
from domain.facts import Ledgered, Stamp


class Dividend(Ledgered):
    """One dividend of one class of shares."""

    TOPIC = "dividend"

    def __init__(
        self,
        entity_id: UUID,
        share_class: str,
        held_on: date,
        register_version: int,
        qty: int,
        per_share_c: int,
        amount_c: int,
    ) -> None:
        """Start voted, and not in the accounts yet."""
        self.entity_id = entity_id
        self.share_class = share_class
        self.held_on = held_on
        self.register_version = register_version
        self.qty = qty
        self.per_share_c = per_share_c
        self.amount_c = amount_c
        self.appropriated = False
        self.withholding_bp: int | None = None
        self.holders = 0
        self.left = qty

    class Event(Ledgered.Event):
        """What happened to a dividend."""

        entity_id: UUID

    class Voted(Event, Ledgered.Created):
        """Each of the `qty` shares of this class that were held on that day is given so much, before tax.

        Who held them is what the register said at its version `register_version`.
        """

        TOPIC = "dividend.voted.v1"
        share_class: str
        held_on: date
        register_version: int
        qty: int
        per_share_c: int
        amount_c: int
        decision_ref: str
        motion_id: UUID | None

    Created = Voted

    class Appropriated(Event):
        """The result of this year was appropriated with it: it is owed."""

        TOPIC = "dividend.appropriated.v1"
        year_id: UUID
        amount_c: int

        def apply(self, dividend: Dividend) -> None:
            """Be owed to the holders."""
            dividend.appropriated = True

    class MadePayable(Event):
        """The holders can be paid from this day on; of each one's part so much is withheld as tax."""

        TOPIC = "dividend.made-payable.v1"
        withholding_bp: int

        def apply(self, dividend: Dividend) -> None:
            """Withhold by this rate from all of them."""
            dividend.withholding_bp = self.withholding_bp

    class HoldersEntered(Event):
        """The next holders, so many of them with so many shares, were named, each with what is due to them."""

        TOPIC = "dividend.holders-entered.v1"
        holders: int
        qty: int
        gross_c: int
        withheld_c: int

        def apply(self, dividend: Dividend) -> None:
            """Go on with the holders after them."""
            dividend.holders += self.holders
            dividend.left -= self.qty

    def appropriate(self, stamp: Stamp, *, year_id: UUID) -> None:
        """Owe it, with the result of that year."""
        self.note(self.Appropriated, stamp, entity_id=self.entity_id, year_id=year_id, amount_c=self.amount_c)

    def require_to_share_out(self) -> None:
        """Refuse to name holders before it is owed, or once all are named."""
        if not self.appropriated:
            raise DividendNotAppropriated(dividend_id=self.id)
        if not self.left:
            raise DividendSharedOut(dividend_id=self.id, holders=self.holders)

    def make_payable(self, stamp: Stamp, *, withholding_bp: int) -> int:
        """Fix the rate of the tax withheld, in basis points, the first time; return it."""
        self.require_to_share_out()
        if self.withholding_bp is None:
            self.note(self.MadePayable, stamp, entity_id=self.entity_id, withholding_bp=withholding_bp)
            return withholding_bp
        return self.withholding_bp

    def enter_holders(self, stamp: Stamp, *, holders: int, qty: int, gross_c: int, withheld_c: int) -> None:
        """Go on past the holders that were named."""
        self.note(
            self.HoldersEntered,
            stamp,
            entity_id=self.entity_id,
            holders=holders,
            qty=qty,
            gross_c=gross_c,
            withheld_c=withheld_c,
        )
