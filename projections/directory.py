"""The directory: entities, periods, members, clients, activities, funds and bank accounts by code and id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.activity_life import ActivityState
from domain.aggregates.activity import Activity
from domain.aggregates.bank_account import BankAccount
from domain.aggregates.client import Client
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.membership import Membership, Standing
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.period import Period, PeriodState
from projections.read_model import Page, ReadModel, Table, on

ENTITIES = Table(
    "entity",
    (
        """
        CREATE TABLE entity (
            entity_id uuid PRIMARY KEY,
            code text NOT NULL,
            ordinal bigint NOT NULL,
            name text NOT NULL,
            enterprise_no text NOT NULL,
            country text NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM entity ORDER BY entity_id",
)
PERIODS = Table(
    "period",
    (
        """
        CREATE TABLE period (
            period_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            month text NOT NULL,
            first_on date NOT NULL,
            last_on date NOT NULL,
            state text NOT NULL,
            closed_at bigint,
            trial_balance_sha256 text,
            debit_c bigint,
            credit_c bigint,
            digest_position bigint,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM period ORDER BY period_id",
)
MEMBERSHIPS = Table(
    "membership",
    (
        """
        CREATE TABLE membership (
            membership_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            person_id uuid NOT NULL,
            category text NOT NULL,
            standing text NOT NULL,
            member_no integer,
            applied_on date NOT NULL,
            admitted_on date,
            leaves_on date,
            founder boolean NOT NULL DEFAULT false,
            ended_by text,
            merged_into uuid,
            position bigint NOT NULL,
            career_stage text,
            career_stage_since date
        )
        """,
        "CREATE INDEX membership_of_entity ON membership (entity_id, member_no)",
    ),
    "SELECT * FROM membership ORDER BY membership_id",
)
PEOPLE = Table(
    "membership_person",
    (
        """
        CREATE TABLE membership_person (
            membership_id uuid PRIMARY KEY, name text NOT NULL, address text NOT NULL, email text NOT NULL
        )
        """,
    ),
    None,
)
CLIENTS = Table(
    "client",
    (
        """
        CREATE TABLE client (
            client_id uuid PRIMARY KEY, entity_id uuid NOT NULL, kind text NOT NULL, position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM client ORDER BY client_id",
)
CLIENT_PARTICULARS = Table(
    "client_particulars",
    (
        """
        CREATE TABLE client_particulars (
            client_id uuid PRIMARY KEY, name text NOT NULL, address text NOT NULL, vat_no text NOT NULL,
            email text NOT NULL
        )
        """,
    ),
    None,
)
ACTIVITIES = Table(
    "activity",
    (
        """
        CREATE TABLE activity (
            activity_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            code text NOT NULL,
            payout_regime text NOT NULL,
            opened_on date NOT NULL,
            membership_ids uuid[] NOT NULL,
            position bigint NOT NULL,
            state text NOT NULL DEFAULT 'open',
            state_since date NOT NULL,
            ends_on date
        )
        """,
        # Not by code: a text of any length does not fit an index.
        "CREATE INDEX activity_of_entity ON activity (entity_id)",
    ),
    "SELECT * FROM activity ORDER BY activity_id",
)
FUNDS = Table(
    "fund",
    (
        """
        CREATE TABLE fund (
            fund_id uuid PRIMARY KEY, entity_id uuid NOT NULL, code text NOT NULL, kind text NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM fund ORDER BY fund_id",
)
BANK_ACCOUNTS = Table(
    "bank_account",
    (
        """
        CREATE TABLE bank_account (
            account_id uuid PRIMARY KEY, entity_id uuid NOT NULL, account text NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM bank_account ORDER BY account_id",
)

_ADD_ENTITY = "COPY entity (entity_id, code, ordinal, name, enterprise_no, country, position) FROM STDIN"
_ADD_PERIOD = """
    COPY period (period_id, entity_id, month, first_on, last_on, state, position) FROM STDIN
"""
# A later fact of a period wins over an earlier one, and leaves what it does not speak of.
_MOVE_PERIOD = """
    UPDATE period SET state = %(state)s,
        closed_at = coalesce(%(closed_at)s::bigint, closed_at),
        trial_balance_sha256 = coalesce(%(trial_balance_sha256)s::text, trial_balance_sha256),
        debit_c = coalesce(%(debit_c)s::bigint, debit_c),
        credit_c = coalesce(%(credit_c)s::bigint, credit_c),
        digest_position = coalesce(%(digest_position)s::bigint, digest_position)
    WHERE period_id = %(period_id)s
"""
_ADD_MEMBERSHIP = """
    COPY membership (membership_id, entity_id, person_id, category, standing, applied_on, position) FROM STDIN
"""
_ADD_PERSON = "COPY membership_person (membership_id, name, address, email) FROM STDIN"
_ENTER_STAGE = """
    UPDATE membership SET career_stage = %(stage)s, career_stage_since = %(since)s
    WHERE membership_id = %(membership_id)s
"""
_MOVE_MEMBERSHIP = """
    UPDATE membership SET standing = %(standing)s,
        member_no = coalesce(%(member_no)s::integer, member_no),
        admitted_on = coalesce(%(admitted_on)s::date, admitted_on),
        leaves_on = coalesce(%(leaves_on)s::date, leaves_on),
        founder = founder OR %(founder)s,
        ended_by = %(ended_by)s
    WHERE membership_id = %(membership_id)s
"""
_MERGE_MEMBERSHIP = """
    UPDATE membership SET merged_into = %(into_id)s::uuid WHERE membership_id = %(membership_id)s
"""
_ADD_CLIENT = "COPY client (client_id, entity_id, kind, position) FROM STDIN"
_ADD_PARTICULARS = "COPY client_particulars (client_id, name, address, vat_no, email) FROM STDIN"
_ADD_ACTIVITY = """
    COPY activity (
        activity_id, entity_id, code, payout_regime, opened_on, membership_ids, position, state_since
    ) FROM STDIN
"""
_LIVE_ON = """
    UPDATE activity SET state = %(state)s, state_since = %(on)s, ends_on = %(ends_on)s
    WHERE activity_id = %(activity_id)s
"""
_ADD_FUND = "COPY fund (fund_id, entity_id, code, kind, position) FROM STDIN"
_ADD_BANK_ACCOUNT = "COPY bank_account (account_id, entity_id, account, position) FROM STDIN"


_STATES: Mapping[type, ActivityState] = {
    Activity.Frozen: ActivityState.FROZEN,
    Activity.ClosingBegun: ActivityState.CLOSING,
    Activity.Closed: ActivityState.CLOSED,
    Activity.Reopened: ActivityState.OPEN,
}
_ENDED_BY: Mapping[type, str] = {
    Membership.Excluded: "exclusion",
    Membership.DeemedResigned: "deemed-resignation",
    Membership.Deceased: "death",
}


class DirectoryPage(Page):
    """Enters what there is, and how it stands."""

    @on(LegalEntity.Registered)
    def _entity(self, position: int, event: LegalEntity.Registered) -> None:
        row = (event.code, event.ordinal, event.name, event.enterprise_no, event.country)
        self.add(_ADD_ENTITY, event.originator_id, *row, position)

    @on(Period.Opened)
    def _period_opened(self, position: int, event: Period.Opened) -> None:
        row = (event.entity_id, event.month, event.first_on, event.last_on, PeriodState.OPEN.value)
        self.add(_ADD_PERIOD, event.originator_id, *row, position)

    @on(Period.BookingsStopped)
    def _bookings_stopped(self, _: int, event: Period.BookingsStopped) -> None:
        self._move_period(event.originator_id, PeriodState.CLOSING)

    @on(Period.Reopened)
    def _period_reopened(self, _: int, event: Period.Reopened) -> None:
        self._move_period(event.originator_id, PeriodState.OPEN)

    @on(Period.Closed)
    def _period_closed(self, position: int, event: Period.Closed) -> None:
        self._move_period(
            event.originator_id,
            PeriodState.CLOSED,
            closed_at=position,
            trial_balance_sha256=event.trial_balance_sha256,
            debit_c=event.debit_c,
            credit_c=event.credit_c,
            digest_position=event.position,
        )

    def _move_period(
        self,
        period_id: UUID,
        state: PeriodState,
        *,
        closed_at: int | None = None,
        trial_balance_sha256: str | None = None,
        debit_c: int | None = None,
        credit_c: int | None = None,
        digest_position: int | None = None,
    ) -> None:
        self.change(
            _MOVE_PERIOD,
            period_id=period_id,
            state=state.value,
            closed_at=closed_at,
            trial_balance_sha256=trial_balance_sha256,
            debit_c=debit_c,
            credit_c=credit_c,
            digest_position=digest_position,
        )

    @on(Membership.Applied)
    def _applied(self, position: int, event: Membership.Applied) -> None:
        row = (event.entity_id, event.person_id, event.category, Standing.APPLICANT.value, event.effective_on)
        self.add(_ADD_MEMBERSHIP, event.originator_id, *row, position)
        self.add(_ADD_PERSON, event.originator_id, event.name, event.address, event.email)

    @on(Membership.CareerStageEntered)
    def _entered_stage(self, _: int, event: Membership.CareerStageEntered) -> None:
        stage, since = event.stage.value, event.effective_on
        self.change(_ENTER_STAGE, membership_id=event.originator_id, stage=stage, since=since)

    @on(Membership.Admitted)
    def _admitted(self, _: int, event: Membership.Admitted) -> None:
        self._move_membership(
            event.originator_id,
            Standing.MEMBER,
            member_no=event.member_no,
            admitted_on=event.effective_on,
            founder=event.founder,
        )

    @on(Membership.Refused)
    def _refused(self, _: int, event: Membership.Refused) -> None:
        self._move_membership(event.originator_id, Standing.REFUSED)

    @on(Membership.ResignationNotified)
    def _resigned(self, _: int, event: Membership.ResignationNotified) -> None:
        self._move_membership(event.originator_id, Standing.LEAVING, leaves_on=event.effect_on)

    @on(Membership.ResignationTookEffect)
    def _left(self, _: int, event: Membership.ResignationTookEffect) -> None:
        self._move_membership(event.originator_id, Standing.FORMER, ended_by="resignation")

    @on(Membership.Excluded, Membership.DeemedResigned, Membership.Deceased)
    def _ended(
        self, _: int, event: Membership.Excluded | Membership.DeemedResigned | Membership.Deceased
    ) -> None:
        ended_by = _ENDED_BY[type(event)]
        self._move_membership(
            event.originator_id, Standing.FORMER, leaves_on=event.effective_on, ended_by=ended_by
        )

    @on(Membership.Merged)
    def _merged(self, _: int, event: Membership.Merged) -> None:
        self.change(_MERGE_MEMBERSHIP, into_id=event.into_id, membership_id=event.originator_id)

    @on(Membership.MergeUndone)
    def _unmerged(self, _: int, event: Membership.MergeUndone) -> None:
        self.change(_MERGE_MEMBERSHIP, into_id=None, membership_id=event.originator_id)

    def _move_membership(
        self,
        membership_id: UUID,
        standing: Standing,
        *,
        member_no: int | None = None,
        admitted_on: date | None = None,
        leaves_on: date | None = None,
        founder: bool = False,
        ended_by: str | None = None,
    ) -> None:
        self.change(
            _MOVE_MEMBERSHIP,
            membership_id=membership_id,
            standing=standing.value,
            member_no=member_no,
            admitted_on=admitted_on,
            leaves_on=leaves_on,
            founder=founder,
            ended_by=ended_by,
        )

    @on(Client.Registered)
    def _client(self, position: int, event: Client.Registered) -> None:
        client_id = event.originator_id
        self.add(_ADD_CLIENT, client_id, event.entity_id, event.kind.value, position)
        self.add(_ADD_PARTICULARS, client_id, event.name, event.address, event.vat_no, event.email)

    @on(Activity.Opened)
    def _activity(self, position: int, event: Activity.Opened) -> None:
        row = (event.entity_id, event.code, event.payout_regime.value, event.effective_on)
        members = list(event.membership_ids)
        self.add(_ADD_ACTIVITY, event.originator_id, *row, members, position, event.effective_on)

    @on(Activity.Frozen, Activity.ClosingBegun, Activity.Closed, Activity.Reopened)
    def _lives_on(self, _: int, event: Activity.Event) -> None:
        self.change(
            _LIVE_ON,
            activity_id=event.originator_id,
            state=_STATES[type(event)].value,
            on=event.effective_on,
            ends_on=getattr(event, "ends_on", None),
        )

    @on(MutualFund.Chartered)
    def _fund(self, position: int, event: MutualFund.Chartered) -> None:
        self.add(_ADD_FUND, event.originator_id, event.entity_id, event.code, event.kind.value, position)

    @on(BankAccount.Opened)
    def _bank_account(self, position: int, event: BankAccount.Opened) -> None:
        self.add(_ADD_BANK_ACCOUNT, event.originator_id, event.entity_id, event.account, position)


DIRECTORY = ReadModel(
    "directory",
    4,
    (
        ENTITIES,
        PERIODS,
        MEMBERSHIPS,
        PEOPLE,
        CLIENTS,
        CLIENT_PARTICULARS,
        ACTIVITIES,
        FUNDS,
        BANK_ACCOUNTS,
    ),
    DirectoryPage,
)
