"""The tables of the governance trail: rules, rolls, motions, polls, votes and verdicts."""

from __future__ import annotations

from projections.read_model import Table

# A threshold is a fraction of any whole numbers, and those of a fact have no largest one.
RULE_SETS = Table(
    "rule_set",
    (
        """
        CREATE TABLE rule_set (
            rule_set_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            name text NOT NULL,
            version integer NOT NULL,
            valid_from date NOT NULL,
            quorum_num numeric NOT NULL,
            quorum_den numeric NOT NULL,
            majority_num numeric NOT NULL,
            majority_den numeric NOT NULL,
            comparator text NOT NULL,
            denominator text NOT NULL,
            source_ref text NOT NULL,
            position bigint NOT NULL,
            quorum_basis text NOT NULL,
            provisions text NOT NULL
        )
        """,
    ),
    "SELECT * FROM rule_set ORDER BY rule_set_id",
)
ROLLS = Table(
    "roll",
    (
        """
        CREATE TABLE roll (
            roll_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            record_on date NOT NULL,
            drawn_at bigint NOT NULL,
            pages integer,
            members integer,
            votes bigint,
            root text,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM roll ORDER BY roll_id",
)
ROLL_ENTRIES = Table(
    "roll_entry",
    (
        """
        CREATE TABLE roll_entry (
            roll_id uuid,
            place integer,
            member_id uuid NOT NULL,
            member_no integer NOT NULL,
            votes bigint NOT NULL,
            shares bigint NOT NULL,
            college text NOT NULL,
            reason text NOT NULL,
            PRIMARY KEY (roll_id, place)
        )
        """,
        "CREATE INDEX roll_entry_of_member ON roll_entry (roll_id, member_id)",
    ),
    "SELECT * FROM roll_entry ORDER BY roll_id, place",
)
MOTIONS = Table(
    "motion",
    (
        """
        CREATE TABLE motion (
            motion_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            text_sha256 text NOT NULL,
            state text NOT NULL,
            poll_id uuid,
            position bigint NOT NULL,
            conflicted uuid[] NOT NULL DEFAULT '{}',
            agreed_in uuid
        )
        """,
    ),
    "SELECT * FROM motion ORDER BY motion_id",
)
MOTION_TEXTS = Table(
    "motion_text",
    ("CREATE TABLE motion_text (motion_id uuid PRIMARY KEY, title text NOT NULL, text text NOT NULL)",),
    None,
)
POLLS = Table(
    "poll",
    (
        """
        CREATE TABLE poll (
            poll_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            motion_id uuid NOT NULL,
            roll_id uuid NOT NULL,
            rule_set_id uuid NOT NULL,
            state text NOT NULL,
            opened_on date NOT NULL,
            opened_at bigint NOT NULL,
            assembly_id uuid,
            present bigint NOT NULL DEFAULT 0,
            closing_position bigint,
            closed_at bigint,
            closed_on date,
            counted_at bigint,
            ballots integer,
            input_root text,
            yes bigint,
            no bigint,
            abstain bigint,
            blank bigint,
            invalid bigint,
            annulled_at bigint,
            quorum_num numeric,
            quorum_den numeric,
            quorum_basis text
        )
        """,
    ),
    "SELECT * FROM poll ORDER BY poll_id",
)
VOTES = Table(
    "vote",
    (
        """
        CREATE TABLE vote (
            poll_id uuid,
            member_id uuid,
            seq integer,
            position bigint NOT NULL,
            recorded_at timestamptz NOT NULL,
            choice text NOT NULL,
            votes bigint NOT NULL,
            holder_id uuid,
            PRIMARY KEY (poll_id, member_id, seq)
        )
        """,
    ),
    "SELECT * FROM vote ORDER BY poll_id, member_id, seq",
)
VERDICTS = Table(
    "verdict",
    (
        """
        CREATE TABLE verdict (
            poll_id uuid PRIMARY KEY,
            motion_id uuid NOT NULL,
            adopted boolean NOT NULL,
            yes bigint NOT NULL,
            no bigint NOT NULL,
            abstain bigint NOT NULL,
            blank bigint NOT NULL,
            took_part bigint NOT NULL,
            entitled bigint NOT NULL,
            quorum_met boolean NOT NULL,
            denominator bigint NOT NULL,
            invalid bigint NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM verdict ORDER BY poll_id",
)
