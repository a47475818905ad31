"""Releases meeting one log: an older one does not serve a log that holds facts it cannot read.

A release that opens the log to write leaves the topics it knows. Another one that does not know some
of them looks whether such a fact was ever recorded; only then is there a scan of the log.
"""

from __future__ import annotations

from collections.abc import Iterable

import psycopg

from eventstore.connections import connect
from eventstore.errors import AskAgain, NewerFacts
from eventstore.migrations.roles import WRITER

_LEAVE = """
    INSERT INTO topic SELECT t FROM unnest(%(topics)s::text[]) AS t
    WHERE NOT EXISTS (SELECT FROM topic WHERE topic = t)
    ON CONFLICT DO NOTHING
"""
_FOREIGN = "SELECT topic FROM topic WHERE topic <> ALL(%(topics)s::text[])"
_RECORDED = """
    SELECT topic, min(position) FROM event WHERE topic = ANY(%(foreign)s::text[])
    GROUP BY topic ORDER BY min(position)
"""


def require_readable_log(dsn: str, *, tenant: str, topics: Iterable[str]) -> None:
    """Leave the `topics` this release knows, and refuse a log with facts beyond them.

    Raises NewerFacts, which names the unknown topics and the first position of one, or AskAgain if
    the database cannot be reached.
    """
    known = sorted(topics)
    try:
        with connect(dsn, tenant=tenant, role=WRITER) as connection:
            connection.execute(_LEAVE, {"topics": known})
            foreign = [topic for (topic,) in connection.execute(_FOREIGN, {"topics": known})]
            met = connection.execute(_RECORDED, {"foreign": foreign}).fetchall() if foreign else []
    except psycopg.OperationalError as error:
        raise AskAgain(reason="the database cannot be reached") from error
    if met:
        raise NewerFacts(topics=", ".join(topic for topic, _ in met), first=met[0][1])
