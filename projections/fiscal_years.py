"""Fiscal years: their days, the accounts that were approved, and what became of the result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.fiscal_year import FiscalYear, YearState
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

YEARS = Table(
    "fiscal_year",
    (
        """
        CREATE TABLE fiscal_year (
            year_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            year text NOT NULL,
            first_on date NOT NULL,
            last_on date NOT NULL,
            state text NOT NULL,
            adjustments bigint NOT NULL,
            position bigint NOT NULL,
            accounts_position bigint,
            trial_balance_sha256 text,
            debit_c bigint,
            credit_c bigint,
            result_c bigint,
            net_asset_c bigint,
            accounts_decision_ref text,
            brought_forward_c bigint,
            legal_reserve_c bigint,
            other_reserves_c bigint,
            dividend_c bigint,
            carried_forward_c bigint,
            patronage_c bigint,
            appropriation_decision_ref text
        )
        """,
    ),
    "SELECT * FROM fiscal_year ORDER BY year_id",
)

_ADD = """
    COPY fiscal_year (year_id, entity_id, year, first_on, last_on, state, adjustments, position) FROM STDIN
"""
_ADJUST = "UPDATE fiscal_year SET adjustments = adjustments + 1 WHERE year_id = %(year_id)s"
# One statement for all that follows: the changes of a page keep their order within a statement.
_MOVE = """
    UPDATE fiscal_year SET state = %(state)s,
        accounts_position = coalesce(%(accounts_position)s::bigint, accounts_position),
        trial_balance_sha256 = coalesce(%(trial_balance_sha256)s::text, trial_balance_sha256),
        debit_c = coalesce(%(debit_c)s::bigint, debit_c),
        credit_c = coalesce(%(credit_c)s::bigint, credit_c),
        result_c = coalesce(%(result_c)s::bigint, result_c),
        net_asset_c = coalesce(%(net_asset_c)s::bigint, net_asset_c),
        accounts_decision_ref = coalesce(%(accounts_decision_ref)s::text, accounts_decision_ref),
        brought_forward_c = coalesce(%(brought_forward_c)s::bigint, brought_forward_c),
        legal_reserve_c = coalesce(%(legal_reserve_c)s::bigint, legal_reserve_c),
        other_reserves_c = coalesce(%(other_reserves_c)s::bigint, other_reserves_c),
        dividend_c = coalesce(%(dividend_c)s::bigint, dividend_c),
        carried_forward_c = coalesce(%(carried_forward_c)s::bigint, carried_forward_c),
        patronage_c = coalesce(%(patronage_c)s::bigint, patronage_c),
        appropriation_decision_ref = coalesce(%(appropriation_decision_ref)s::text, appropriation_decision_ref)
    WHERE year_id = %(year_id)s
"""
_UNSAID = dict.fromkeys(
    (
        "accounts_position",
        "trial_balance_sha256",
        "debit_c",
        "credit_c",
        "result_c",
        "net_asset_c",
        "accounts_decision_ref",
        "brought_forward_c",
        "legal_reserve_c",
        "other_reserves_c",
        "dividend_c",
        "carried_forward_c",
        "patronage_c",
        "appropriation_decision_ref",
    )
)


class FiscalYearsPage(Page):
    """Follows each year from its first day to the next one's."""

    @on(FiscalYear.Opened)
    def _opened(self, position: int, event: FiscalYear.Opened) -> None:
        days = (event.first_on, event.last_on)
        row = (event.originator_id, event.entity_id, event.year, *days, YearState.OPEN.value, 0, position)
        self.add(_ADD, *row)

    @on(FiscalYear.Adjusted)
    def _adjusted(self, _: int, event: FiscalYear.Adjusted) -> None:
        self.change(_ADJUST, year_id=event.originator_id)

    @on(FiscalYear.AccountsApproved)
    def _approved(self, _: int, event: FiscalYear.AccountsApproved) -> None:
        self._move(
            event.originator_id,
            YearState.APPROVED,
            accounts_position=event.position,
            trial_balance_sha256=event.trial_balance_sha256,
            debit_c=event.debit_c,
            credit_c=event.credit_c,
            result_c=event.result_c,
            net_asset_c=event.net_asset_c,
            accounts_decision_ref=event.decision_ref,
        )

    @on(FiscalYear.ResultAppropriated)
    def _appropriated(self, _: int, event: FiscalYear.ResultAppropriated) -> None:
        self._move(
            event.originator_id,
            YearState.APPROPRIATED,
            appropriation_decision_ref=event.decision_ref,
            **vars(event.appropriation),
        )

    @on(FiscalYear.BalancesCarried)
    def _carried(self, _: int, event: FiscalYear.BalancesCarried) -> None:
        self._move(event.originator_id, YearState.CARRIED)

    def _move(self, year_id: UUID, state: YearState, **says: Any) -> None:
        self.change(_MOVE, year_id=year_id, state=state.value, **_UNSAID | says)


FISCAL_YEARS = ReadModel("fiscal_years", 2, (YEARS,), FiscalYearsPage)


@dataclass(frozen=True)
class Year:
    """One fiscal year, in cents; `adjustments` counts the entries made at its end.

    `accounts_position` is where the log stood when the approved accounts were taken.
    """

    year_id: UUID
    entity_id: UUID
    year: str
    first_on: date
    last_on: date
    state: str
    adjustments: int
    accounts_position: int | None
    trial_balance_sha256: str | None
    debit_c: int | None
    credit_c: int | None
    result_c: int | None
    net_asset_c: int | None
    accounts_decision_ref: str | None
    brought_forward_c: int | None
    legal_reserve_c: int | None
    other_reserves_c: int | None
    dividend_c: int | None
    carried_forward_c: int | None
    patronage_c: int | None
    appropriation_decision_ref: str | None
    position: int


_YEARS = """
    SELECT * FROM fiscal_year
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(year_id)s::uuid IS NULL OR year_id = %(year_id)s)
    ORDER BY entity_id, first_on
"""


def fiscal_years(reader: Reader, *, entity_id: UUID | None = None, year_id: UUID | None = None) -> list[Year]:
    """Return the fiscal years of an entity, or of all, in the order of their days."""
    return reader.rows(Year, _YEARS, entity_id=entity_id, year_id=year_id)
