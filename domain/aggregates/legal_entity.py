"""A legal entity of the group: its own numbering, periods, register, VAT and accounts.

    ── Registered ──> registered, and from then on
    ParameterSet, PostingRulesAdopted, AccountMapped: another one from that day on
    BooksStopped ──> month by month, further; BooksReopened ──> back by a month
    FiscalYearBegun ──> one year after another; YearApproved ──> no month up to its end is opened again
    YearAppropriated ──> after the year before it

Every rate, threshold, deadline and limit of the entity is a dated parameter on this stream, with
its source; which posting rules book its facts is a fact here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from domain.account_codes import Codes, require_code
from domain.errors import (
    AccountsApprovedAlready,
    EarlierResultOpen,
    EarlierYearOpen,
    EmptyText,
    NotRetroactive,
    ParameterNotSet,
    YearOverlaps,
)
from domain.facts import Ledgered, Stamp

Dated = tuple[date, str]
ONE_DAY = timedelta(days=1)


class LegalEntity(Ledgered):
    """One company of the cooperative group."""

    TOPIC = "legal-entity"

    def __init__(self, code: str, ordinal: int) -> None:
        """Start without parameters or posting rules."""
        self.code = code
        self.ordinal = ordinal
        self.parameters: Mapping[str, tuple[Dated, ...]] = {}
        self.posting_rules: tuple[tuple[date, int], ...] = ()
        self.account_codes: Codes = {}
        self.stopped_through = date.min
        self.years_from = date.min
        self.years_through = date.min
        self.approved_through = date.min
        self.appropriated_through = date.min
        self.carried_c = 0

    class Event(Ledgered.Event):
        """What happened to a legal entity."""

    class Registered(Event, Ledgered.Created):
        """The entity joined this ledger; `ordinal` numbers it in structured references."""

        TOPIC = "legal-entity.registered.v1"
        code: str
        ordinal: int
        name: str
        enterprise_no: str
        country: str

    Created = Registered

    class ParameterSet(Event):
        """A rate, threshold, deadline or limit of the entity has this value from that day on."""

        TOPIC = "legal-entity.parameter-set.v1"
        name: str
        value: str
        valid_from: date
        source_ref: str

        def apply(self, entity: LegalEntity) -> None:
            """Keep the values of the parameter in order of their days."""
            known = entity.parameters.get(self.name, ())
            dated = tuple(sorted([*known, (self.valid_from, self.value)], key=lambda each: each[0]))
            entity.parameters = {**entity.parameters, self.name: dated}

    class PostingRulesAdopted(Event):
        """This version of the posting rules books the entity's facts from that booking day on."""

        TOPIC = "legal-entity.posting-rules-adopted.v1"
        version: int
        from_booked_on: date

        def apply(self, entity: LegalEntity) -> None:
            """Put the version after those it follows."""
            entity.posting_rules = (*entity.posting_rules, (self.from_booked_on, self.version))

    class AccountMapped(Event):
        """The entity calls this standard account by this code of its own, from that booking day on."""

        TOPIC = "legal-entity.account-mapped.v1"
        account: str
        code: str
        valid_from: date
        source_ref: str

        def apply(self, entity: LegalEntity) -> None:
            """Put the code after those it follows."""
            known = entity.account_codes.get(self.account, ())
            dated = (*known, (self.valid_from, self.code))
            entity.account_codes = {**entity.account_codes, self.account: dated}

    class BooksStopped(Event):
        """Nothing more is ever booked on that day or before it, whatever periods are opened."""

        TOPIC = "legal-entity.books-stopped.v1"
        through_on: date

        def apply(self, entity: LegalEntity) -> None:
            """Book later than this day."""
            entity.stopped_through = self.through_on

    class BooksReopened(Event):
        """A closed month takes bookings again: the books are stopped only before that day."""

        TOPIC = "legal-entity.books-reopened.v1"
        from_on: date

        def apply(self, entity: LegalEntity) -> None:
            """Book from this day on."""
            entity.stopped_through = self.from_on - ONE_DAY

    class FiscalYearBegun(Event):
        """A fiscal year of the entity has these days; years follow each other without a gap."""

        TOPIC = "legal-entity.fiscal-year-begun.v1"
        first_on: date
        last_on: date

        def apply(self, entity: LegalEntity) -> None:
            """Begin the next year later."""
            first = entity.years_through == date.min
            entity.years_from = self.first_on if first else entity.years_from
            entity.years_through = self.last_on

    class YearApproved(Event):
        """The accounts through that day are approved: no month up to it is opened again."""

        TOPIC = "legal-entity.year-approved.v1"
        through_on: date

        def apply(self, entity: LegalEntity) -> None:
            """Reopen nothing up to this day."""
            entity.approved_through = self.through_on

    class YearAppropriated(Event):
        """The result of the year that ends on that day is appropriated, after those of all years before.

        It adds `added_c` to what is carried forward, in cents; less is below zero.
        """

        TOPIC = "legal-entity.year-appropriated.v1"
        through_on: date
        added_c: int = 0

        def apply(self, entity: LegalEntity) -> None:
            """Appropriate the next year from here on."""
            entity.appropriated_through = self.through_on
            entity.carried_c += self.added_c

    def set_parameter(
        self, stamp: Stamp, *, name: str, value: str, valid_from: date, source_ref: str
    ) -> None:
        """Set a dated parameter; only its first value may reach back before today."""
        if not name.strip() or not value.strip() or not source_ref.strip():
            raise EmptyText(parameter=name)
        known = self.parameters.get(name, ())
        if known and (valid_from < stamp.effective_on or valid_from < known[-1][0]):
            raise NotRetroactive(parameter=name, valid_from=valid_from)
        self.note(
            self.ParameterSet, stamp, name=name, value=value, valid_from=valid_from, source_ref=source_ref
        )

    def adopt_posting_rules(self, stamp: Stamp, *, version: int, from_booked_on: date) -> None:
        """Book by this version from that day on; never before the version it follows, or stopped books."""
        follows_on = self.posting_rules[-1][0] if self.posting_rules else date.min
        if from_booked_on <= max(follows_on, self.stopped_through):
            raise NotRetroactive(posting_rules=version, from_booked_on=from_booked_on)
        self.note(self.PostingRulesAdopted, stamp, version=version, from_booked_on=from_booked_on)

    def map_account(
        self,
        stamp: Stamp,
        *,
        account: str,
        code: str,
        valid_from: date,
        source_ref: str,
        chart: Iterable[str],
    ) -> None:
        """Call an account of the `chart` by a code of its own from that day on; never in stopped books."""
        if not source_ref.strip():
            raise EmptyText(field="source_ref")
        require_code(self.account_codes, chart, account=account, code=code, valid_from=valid_from)
        known = self.account_codes.get(account, ())
        follows_on = known[-1][0] if known else date.min
        if valid_from <= max(follows_on, self.stopped_through):
            raise NotRetroactive(account=account, valid_from=valid_from)
        says = {"account": account, "code": code, "valid_from": valid_from, "source_ref": source_ref}
        self.note(self.AccountMapped, stamp, **says)

    def stop_books(self, stamp: Stamp, *, through_on: date) -> None:
        """Book nothing more through that day; books once stopped further stay so."""
        if through_on > self.stopped_through:
            self.note(self.BooksStopped, stamp, through_on=through_on)

    def reopen_books(self, stamp: Stamp, *, from_on: date) -> None:
        """Book again from that day on, unless the accounts that hold it are approved."""
        if from_on <= self.approved_through:
            raise AccountsApprovedAlready(through_on=self.approved_through)
        self.note(self.BooksReopened, stamp, from_on=from_on)

    def begin_year(self, stamp: Stamp, *, first_on: date, last_on: date) -> None:
        """Begin the fiscal year that follows the last one."""
        if self.years_through > date.min and first_on != self.years_through + ONE_DAY:
            raise YearOverlaps(first_on=first_on, last_year_ends_on=self.years_through)
        self.note(self.FiscalYearBegun, stamp, first_on=first_on, last_on=last_on)

    def approve_year(self, stamp: Stamp, *, first_on: date, through_on: date) -> None:
        """Approve the accounts of the year after those approved last: an open one could still move its balances."""
        follows_on = max(self.years_from, self.approved_through + ONE_DAY)
        if first_on > follows_on:
            raise EarlierYearOpen(first_on=first_on, open_from=follows_on)
        self.note(self.YearApproved, stamp, through_on=through_on)

    def appropriate_year(self, stamp: Stamp, *, first_on: date, through_on: date, added_c: int) -> None:
        """Appropriate the result after that of the year before: it rests on what that one carried forward."""
        follows_on = max(self.years_from, self.appropriated_through + ONE_DAY)
        if first_on > follows_on:
            raise EarlierResultOpen(first_on=first_on, open_from=follows_on)
        self.note(self.YearAppropriated, stamp, through_on=through_on, added_c=added_c)

    def parameter(self, name: str, on: date) -> str:
        """Return the value in force on that day; raises ParameterNotSet."""
        for valid_from, value in reversed(self.parameters.get(name, ())):
            if valid_from <= on:
                return value
        raise ParameterNotSet(entity=self.code, parameter=name, on=on)
