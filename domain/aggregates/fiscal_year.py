"""A fiscal year of one entity: its months close one by one, then the assembly decides over all of it.

    ── Opened ──> open ── AccountsApproved ──> approved ── ResultAppropriated ──> appropriated
                   │                                       appropriated ── BalancesCarried ──> carried
                   └── Adjusted: an entry at year end, after the months are closed (period 13)

What is booked at year end stands on the last day of the year and in no month's digest: a closed
December stays what it was. Approving takes its figures from a log that no adjustment has outgrown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import (
    AccountsApprovedAlready,
    AccountsNotApproved,
    AmountNegative,
    BalancesCarriedAlready,
    BooksDoNotBalance,
    BroughtForwardDiffers,
    DigestTooEarly,
    EmptyText,
    ResultAccountsDoNotCancel,
    ResultAppropriatedAlready,
    ResultNotAppropriated,
    ResultNotWhollyAppropriated,
)
from domain.facts import Ledgered, Stamp, is_sha256
from domain.money import require_holdable


class YearState(StrEnum):
    """How far a fiscal year has come."""

    OPEN = "open"
    APPROVED = "approved"
    APPROPRIATED = "appropriated"
    CARRIED = "carried"


@dataclass(frozen=True)
class Accounts:
    """The accounts of a year as the log stood at `position`, in cents.

    `result_c` is class 7 less class 6; `net_asset_c` what the company owns less what it owes;
    `brought_forward_c` the profit, or below zero the loss, of earlier years that stands in them.
    """

    position: int
    trial_balance_sha256: str
    debit_c: int
    credit_c: int
    result_c: int
    net_asset_c: int
    brought_forward_c: int


@dataclass(frozen=True)
class Appropriation:
    """What the assembly does with the result of a year and what was brought forward, in cents.

    `brought_forward_c` and `carried_forward_c` are below zero for losses.
    """

    brought_forward_c: int
    legal_reserve_c: int
    other_reserves_c: int
    dividend_c: int
    carried_forward_c: int
    patronage_c: int = 0

    @property
    def kept_and_given_c(self) -> int:
        """The sum of all it is used for."""
        given_c = self.dividend_c + self.patronage_c
        return self.legal_reserve_c + self.other_reserves_c + given_c + self.carried_forward_c

    @property
    def added_c(self) -> int:
        """What it adds to what is carried forward, or below zero takes off it."""
        return self.carried_forward_c - self.brought_forward_c


@dataclass(frozen=True)
class AccountBalance:
    """What one account stands at, in cents: debits less credits."""

    account: str
    balance_c: int


class FiscalYear(Ledgered):
    """One fiscal year of one legal entity."""

    TOPIC = "fiscal-year"

    def __init__(self, entity_id: UUID, year: str, first_on: date, last_on: date) -> None:
        """Start open."""
        self.entity_id = entity_id
        self.year = year
        self.first_on = first_on
        self.last_on = last_on
        self.state = YearState.OPEN
        self.adjusted_at = 0
        self.result_c = 0
        self.brought_forward_c: int | None = None
        self.carried_then_c = 0

    class Event(Ledgered.Event):
        """What happened to a fiscal year."""

        entity_id: UUID
        year: str

    class Opened(Event, Ledgered.Created):
        """The year began, with these days."""

        TOPIC = "fiscal-year.opened.v1"
        first_on: date
        last_on: date

    Created = Opened

    class Adjusted(Event):
        """An entry was made at year end; it stands in the log up to `position`."""

        TOPIC = "fiscal-year.adjusted.v1"
        entry_id: UUID
        position: int

        def apply(self, year: FiscalYear) -> None:
            """Wait for accounts that count it."""
            year.adjusted_at = self.position

    class AccountsApproved(Event):
        """The assembly approved the accounts of the year, as the log stood at `position`.

        Earlier years that were appropriated by then had carried forward `carried_c` of what is brought forward.
        """

        TOPIC = "fiscal-year.accounts-approved.v1"
        position: int
        trial_balance_sha256: str
        debit_c: int
        credit_c: int
        result_c: int
        net_asset_c: int
        decision_ref: str
        motion_id: UUID | None = None
        brought_forward_c: int | None = None
        carried_c: int = 0

        def apply(self, year: FiscalYear) -> None:
            """Keep the result, to be appropriated with what was brought forward."""
            year.state = YearState.APPROVED
            year.result_c = self.result_c
            year.brought_forward_c = self.brought_forward_c
            year.carried_then_c = self.carried_c

    class ResultAppropriated(Event):
        """The assembly decided what becomes of the result and of what was brought forward."""

        TOPIC = "fiscal-year.result-appropriated.v1"
        booked_on: date
        result_c: int
        appropriation: Appropriation
        decision_ref: str
        motion_id: UUID | None = None

        def apply(self, year: FiscalYear) -> None:
            """Have nothing left to appropriate."""
            year.state = YearState.APPROPRIATED

    class BalancesCarried(Event):
        """The next year begins with the accounts of classes 6 and 7 at nothing; these stood before.

        The others go on as they are. `position` is where the log stood when the balances were taken.
        """

        TOPIC = "fiscal-year.balances-carried.v1"
        booked_on: date
        position: int
        result_accounts: tuple[AccountBalance, ...]

        def apply(self, year: FiscalYear) -> None:
            """Be over."""
            year.state = YearState.CARRIED

    def require_adjustable(self) -> None:
        """Refuse an entry at year end once the accounts are approved; raises AccountsApprovedAlready."""
        if self.state is not YearState.OPEN:
            raise AccountsApprovedAlready(year=self.year)

    def adjust(self, stamp: Stamp, *, entry_id: UUID, position: int) -> None:
        """Count an entry at year end, which stands in the log up to `position`."""
        self.require_adjustable()
        self.note(
            self.Adjusted,
            stamp,
            entity_id=self.entity_id,
            year=self.year,
            entry_id=entry_id,
            position=position,
        )

    def approve(
        self,
        stamp: Stamp,
        *,
        accounts: Accounts,
        decision_ref: str,
        motion_id: UUID | None = None,
        carried_c: int = 0,
    ) -> None:
        """Approve accounts that balance and count every adjustment, by a decision of the assembly."""
        self.require_adjustable()
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        if accounts.position < self.adjusted_at:
            raise DigestTooEarly(position=accounts.position, adjusted_at=self.adjusted_at)
        if accounts.debit_c != accounts.credit_c or not is_sha256(accounts.trial_balance_sha256):
            raise BooksDoNotBalance(debit_c=accounts.debit_c, credit_c=accounts.credit_c)
        self.note(
            self.AccountsApproved,
            stamp,
            entity_id=self.entity_id,
            year=self.year,
            decision_ref=decision_ref,
            motion_id=motion_id,
            carried_c=carried_c,
            **vars(accounts),
        )

    def appropriate(
        self,
        stamp: Stamp,
        *,
        appropriation: Appropriation,
        decision_ref: str,
        motion_id: UUID | None = None,
        carried_c: int = 0,
    ) -> None:
        """Appropriate the whole result and what was brought forward, by a decision of the assembly.

        Of the latter, the appropriations of all earlier years carried forward `carried_c`.
        """
        if self.state is YearState.OPEN:
            raise AccountsNotApproved(year=self.year)
        if self.state is not YearState.APPROVED:
            raise ResultAppropriatedAlready(year=self.year)
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        given = (appropriation.dividend_c, appropriation.patronage_c)
        kept = (appropriation.legal_reserve_c, appropriation.other_reserves_c, *given)
        require_holdable(*vars(appropriation).values())
        if min(kept) < 0:
            raise AmountNegative(amount_c=min(kept))
        to_appropriate_c = self.result_c + appropriation.brought_forward_c
        if appropriation.kept_and_given_c != to_appropriate_c:
            raise ResultNotWhollyAppropriated(
                to_appropriate_c=to_appropriate_c, appropriated_c=appropriation.kept_and_given_c
            )
        self._require_brought(appropriation.brought_forward_c, carried_c)
        self.note(
            self.ResultAppropriated,
            stamp,
            entity_id=self.entity_id,
            year=self.year,
            booked_on=self.last_on,
            result_c=self.result_c,
            appropriation=appropriation,
            decision_ref=decision_ref,
            motion_id=motion_id,
        )

    def _require_brought(self, brought_forward_c: int, carried_c: int) -> None:
        """Refuse what does not stand in the accounts, with what earlier years carried forward since.

        Opening balances and ended shares are in them. Accounts from before they said it bind nobody.
        """
        if self.brought_forward_c is None:
            return
        stands_c = self.brought_forward_c + carried_c - self.carried_then_c
        if brought_forward_c != stands_c:
            raise BroughtForwardDiffers(brought_forward_c=brought_forward_c, stands_c=stands_c)

    def carry(self, stamp: Stamp, *, position: int, result_accounts: tuple[AccountBalance, ...]) -> None:
        """Begin the next year with classes 6 and 7 at nothing."""
        if self.state in (YearState.OPEN, YearState.APPROVED):
            raise ResultNotAppropriated(year=self.year)
        if self.state is YearState.CARRIED:
            raise BalancesCarriedAlready(year=self.year)
        left_c = sum(each.balance_c for each in result_accounts)
        if left_c:
            raise ResultAccountsDoNotCancel(left_c=left_c)
        self.note(
            self.BalancesCarried,
            stamp,
            entity_id=self.entity_id,
            year=self.year,
            booked_on=self.last_on + timedelta(days=1),
            position=position,
            result_accounts=result_accounts,
        )
