"""The register of shares: who holds which numbers, and what was subscribed, paid and allotted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareRegister
from projections.dated_sums import COUNTS, Axis, DatedSums, Moved, Past
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader, position_of, rows_of

CLASSES = Table(
    "share_class",
    (
        """
        CREATE TABLE share_class (
            register_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            share_class text NOT NULL,
            unavailable boolean NOT NULL,
            statutes_ref text NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM share_class ORDER BY register_id",
)
ACCOUNTS = Table(
    "share_account",
    (
        """
        CREATE TABLE share_account (
            account_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            membership_id uuid NOT NULL,
            person_id uuid NOT NULL,
            share_class text NOT NULL,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX share_account_of_member ON share_account (membership_id)",
    ),
    "SELECT * FROM share_account ORDER BY account_id",
)
ENTRIES = Table(
    "share_entry",
    (
        """
        CREATE TABLE share_entry (
            entity_id uuid,
            register_no bigint,
            account_id uuid NOT NULL,
            qty bigint NOT NULL CHECK (qty > 0),
            from_seq bigint NOT NULL,
            to_seq bigint NOT NULL,
            amount_c bigint NOT NULL,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            position bigint NOT NULL,
            PRIMARY KEY (entity_id, register_no),
            CHECK (to_seq - from_seq + 1 = qty)
        )
        """,
    ),
    "SELECT * FROM share_entry ORDER BY entity_id, register_no",
)
MOVEMENTS = Table(
    "share_movement",
    (
        """
        CREATE TABLE share_movement (
            account_id uuid,
            position bigint,
            entity_id uuid NOT NULL,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            fact text NOT NULL,
            line_id uuid,
            subscribed bigint NOT NULL,
            subscribed_c bigint NOT NULL,
            paid_c bigint NOT NULL,
            allotted bigint NOT NULL,
            allotted_c bigint NOT NULL,
            PRIMARY KEY (account_id, position)
        )
        """,
    ),
    "SELECT * FROM share_movement ORDER BY account_id, position",
)
BALANCES = DatedSums(
    movements="share_movement",
    sums="share_balance",
    key={"account_id": "uuid", "entity_id": "uuid"},
    amounts=("subscribed", "subscribed_c", "paid_c", "allotted", "allotted_c"),
    also="(%(entity_id)s::uuid IS NULL OR s.entity_id = %(entity_id)s) "
    "AND (%(membership_id)s::uuid IS NULL OR s.account_id IN "
    "(SELECT account_id FROM share_account WHERE membership_id = %(membership_id)s))",
)

_ADD_CLASS = """
    COPY share_class (register_id, entity_id, share_class, unavailable, statutes_ref, position) FROM STDIN
"""
_ADD_ACCOUNT = """
    COPY share_account (account_id, entity_id, membership_id, person_id, share_class, position) FROM STDIN
"""
_ADD_ENTRY = """
    COPY share_entry (
        entity_id, register_no, account_id, qty, from_seq, to_seq, amount_c, booked_on, effective_on, position
    ) FROM STDIN
"""
_ADD_MOVEMENT = """
    COPY share_movement (
        account_id, position, entity_id, booked_on, effective_on, fact, line_id, subscribed, subscribed_c,
        paid_c, allotted, allotted_c
    ) FROM STDIN
"""


class ShareRegisterPage(Page):
    """Finds what each fact of a page enters in the register, and moves in which account."""

    def __init__(self, cursor: Cursor[TupleRow]) -> None:
        """Begin without movements."""
        super().__init__(cursor)
        self._moved = Moved()

    @on(ShareRegister.Opened)
    def _class(self, position: int, event: ShareRegister.Opened) -> None:
        row = (event.entity_id, event.share_class, event.unavailable, event.statutes_ref)
        self.add(_ADD_CLASS, event.originator_id, *row, position)

    @on(ShareAccount.Opened)
    def _account(self, position: int, event: ShareAccount.Opened) -> None:
        row = (event.entity_id, event.membership_id, event.person_id, event.share_class)
        self.add(_ADD_ACCOUNT, event.originator_id, *row, position)

    @on(ShareAccount.Subscribed)
    def _subscribed(self, position: int, event: ShareAccount.Subscribed) -> None:
        """Subscribing posts nothing, so it counts on its day on either axis."""
        self._move(position, event, subscribed=event.qty, subscribed_c=event.qty * event.price_c)

    @on(ShareAccount.ContributionPaid)
    def _paid(self, position: int, event: ShareAccount.ContributionPaid) -> None:
        self._move(position, event, paid_c=event.amount_c)

    @on(ShareAccount.Allotted)
    def _allotted(self, position: int, event: ShareAccount.Allotted) -> None:
        numbers = (event.qty, event.from_seq, event.to_seq, event.amount_c)
        days = (event.booked_on, event.effective_on)
        self.add(
            _ADD_ENTRY, event.entity_id, event.register_no, event.originator_id, *numbers, *days, position
        )
        self._move(position, event, allotted=event.qty, allotted_c=event.amount_c)

    def _move(
        self,
        position: int,
        event: Any,
        *,
        subscribed: int = 0,
        subscribed_c: int = 0,
        paid_c: int = 0,
        allotted: int = 0,
        allotted_c: int = 0,
    ) -> None:
        account_id = event.originator_id
        days = (getattr(event, "booked_on", event.effective_on), event.effective_on)
        tags = (event.TOPIC, getattr(event, "line_id", None))
        amounts = (subscribed, subscribed_c, paid_c, allotted, allotted_c)
        self.add(_ADD_MOVEMENT, account_id, position, event.entity_id, *days, *tags, *amounts)
        self._moved.add((account_id, event.entity_id), position, *amounts)

    def write(self) -> None:
        """Write the entries and movements, then what they add up to."""
        super().write()
        BALANCES.write(self.cursor, self._moved.by_key)


SHARE_REGISTER = ReadModel(
    "share_register", 1, (CLASSES, ACCOUNTS, ENTRIES, MOVEMENTS, *BALANCES.tables), ShareRegisterPage
)


@dataclass(frozen=True)
class ShareHolding:
    """What one member holds of one class: numbers of shares, and cents.

    `subscribed_c` was undertaken, `paid_c` of it paid, and `allotted` are the shares held, for
    which `allotted_c` was contributed.
    """

    account_id: UUID
    entity_id: UUID
    membership_id: UUID
    share_class: str
    subscribed: int
    subscribed_c: int
    paid_c: int
    allotted: int
    allotted_c: int


@dataclass(frozen=True)
class RegisterEntry:
    """One entry of the register: shares `from_seq` to `to_seq` of their class, and for how many cents."""

    entity_id: UUID
    register_no: int
    account_id: UUID
    membership_id: UUID
    share_class: str
    qty: int
    from_seq: int
    to_seq: int
    amount_c: int
    booked_on: date
    effective_on: date
    position: int


@dataclass(frozen=True)
class SharesHeld:
    """The register of shares, as the log stood at `position`."""

    position: int
    axis: Axis
    as_of: date | None
    holdings: tuple[ShareHolding, ...]
    entries: tuple[RegisterEntry, ...]


_ACCOUNTS = "SELECT account_id, membership_id, share_class FROM share_account"
_ENTRIES_OF = f"""
    SELECT e.entity_id, register_no, account_id, membership_id, share_class, qty, from_seq, to_seq, amount_c,
        booked_on, effective_on, e.position
    FROM (SELECT * FROM share_entry WHERE {COUNTS}) AS e
    JOIN (SELECT account_id, membership_id, share_class FROM share_account) AS a USING (account_id)
    WHERE (%(entity_id)s::uuid IS NULL OR e.entity_id = %(entity_id)s)
        AND (%(membership_id)s::uuid IS NULL OR membership_id = %(membership_id)s)
    ORDER BY e.entity_id, register_no
"""  # noqa: S608 - COUNTS is a constant


def share_register(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    membership_id: UUID | None = None,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
) -> SharesHeld:
    """Return the register of an entity or member, or of all, at that past; raises NotProjectedYet."""
    past = Past(as_of, known_at, axis)
    values = {"entity_id": entity_id, "membership_id": membership_id, **past.values()}
    with reader.snapshot() as cursor:
        position = position_of(cursor, SHARE_REGISTER.name, known_at)
        accounts = {row[0]: row[1:] for row in cursor.execute(_ACCOUNTS)}
        found = cursor.execute(BALANCES.current if past.is_now else BALANCES.past, values).fetchall()
        entries = rows_of(cursor.connection, RegisterEntry, _ENTRIES_OF, **values)
    holdings = tuple(ShareHolding(row[0], row[1], *accounts[row[0]], *row[2:]) for row in found)
    return SharesHeld(position, axis, as_of, holdings, tuple(entries))
