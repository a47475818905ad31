"""The tables of the register of shares, and the statements that fill them."""

from __future__ import annotations

from typing import LiteralString

from projections.dated_sums import DatedSums
from projections.read_model import Table

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
            account_id uuid,
            kind text NOT NULL,
            qty bigint NOT NULL CHECK (qty > 0),
            from_seq bigint,
            to_seq bigint NOT NULL,
            amount_c bigint NOT NULL,
            other_account_id uuid,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            position bigint NOT NULL,
            PRIMARY KEY (entity_id, register_no, account_id, from_seq),
            CHECK (to_seq - from_seq + 1 = qty)
        )
        """,
    ),
    "SELECT * FROM share_entry ORDER BY entity_id, register_no, account_id, from_seq",
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
            held bigint NOT NULL,
            held_c bigint NOT NULL,
            PRIMARY KEY (account_id, position)
        )
        """,
    ),
    "SELECT * FROM share_movement ORDER BY account_id, position",
)
MERGES = Table(
    "share_merge",
    (
        """
        CREATE TABLE share_merge (
            membership_id uuid,
            position bigint,
            into_id uuid NOT NULL,
            merged_on date NOT NULL,
            undone_at bigint,
            undone_on date,
            PRIMARY KEY (membership_id, position)
        )
        """,
    ),
    "SELECT * FROM share_merge ORDER BY membership_id, position",
)
MERGED: LiteralString = """
    position <= coalesce(%(known_at)s::bigint, 9223372036854775807)
    AND merged_on <= coalesce(%(as_of)s::date, 'infinity')
    AND NOT (
        coalesce(undone_at, 9223372036854775807) <= coalesce(%(known_at)s::bigint, 9223372036854775806)
        AND undone_on <= coalesce(%(as_of)s::date, 'infinity')
    )
"""
"""The condition under which one membership stands for another in a `Past`."""
_OF_WHOM: LiteralString = f"""
    (%(entity_id)s::uuid IS NULL OR s.entity_id = %(entity_id)s)
    AND (%(membership_id)s::uuid IS NULL OR s.account_id IN (
        SELECT account_id FROM share_account
        WHERE membership_id = %(membership_id)s OR membership_id IN (
            SELECT membership_id FROM share_merge WHERE into_id = %(membership_id)s AND {MERGED}
        )
    ))
"""  # noqa: S608 - MERGED is a constant
AMOUNTS = ("subscribed", "subscribed_c", "paid_c", "allotted", "allotted_c", "held", "held_c")
"""What moves on a share account: numbers of shares, and cents."""
BALANCES = DatedSums(
    movements="share_movement",
    sums="share_balance",
    key={"account_id": "uuid", "entity_id": "uuid"},
    amounts=AMOUNTS,
    also=_OF_WHOM,
)

ADD_CLASS = """
    COPY share_class (register_id, entity_id, share_class, unavailable, statutes_ref, position) FROM STDIN
"""
ADD_ACCOUNT = """
    COPY share_account (account_id, entity_id, membership_id, person_id, share_class, position) FROM STDIN
"""
ADD_ENTRY = """
    COPY share_entry (
        entity_id, register_no, account_id, kind, qty, from_seq, to_seq, amount_c, other_account_id, booked_on,
        effective_on, position
    ) FROM STDIN
"""
ADD_MOVEMENT = """
    COPY share_movement (
        account_id, position, entity_id, booked_on, effective_on, fact, line_id, subscribed, subscribed_c,
        paid_c, allotted, allotted_c, held, held_c
    ) FROM STDIN
"""
ADD_MERGE = "COPY share_merge (membership_id, position, into_id, merged_on) FROM STDIN"
UNDO_MERGE = """
    UPDATE share_merge SET undone_at = %(position)s, undone_on = %(on)s
    WHERE membership_id = %(membership_id)s AND position < %(position)s AND undone_at IS NULL
"""
