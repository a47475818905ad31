"""The demo: believable, fictional, and the same for the same seed."""

from __future__ import annotations

from pathlib import Path
from typing import get_type_hints

import psycopg
import pytest

from domain.personal import Personal
from projections.catalogue import ALL
from projections.lookups import clients, members
from projections.rebuild import live_digests
from tests.databases import Server
from tests.ledgers import Ledger, session_on, settings_on
from workers.demo.cooperative import fill
from workers.demo.emptiness import LedgerNotEmpty

EVENTS = "SELECT state FROM tutti_default.event ORDER BY position"


def digests_of(ledger: Ledger) -> dict[str, str]:
    with ledger.workshop() as workshop, psycopg.connect(workshop.dsn, autocommit=True) as connection:
        return live_digests(connection, "default", ALL)


def test_the_demo_is_twenty_members_three_months_and_one_vote(demo: Ledger) -> None:
    polls = demo.json("votes")["polls"]
    assert len(polls) == 1
    assert polls[0]["verdict"]["entitled"] == 20
    assert polls[0]["agrees"] is True

    books = demo.json("trial-balance")
    assert books["total_debit_c"] == books["total_credit_c"] > 0
    assert books["total_balance_debit_c"] == books["total_balance_credit_c"] > 0


def test_the_demo_fills_only_an_empty_ledger(demo: Ledger) -> None:
    with pytest.raises(LedgerNotEmpty):
        fill(session_on(demo.settings), seed=1)


def test_one_seed_makes_one_history_and_another_seed_another(
    server: Server, demo: Ledger, tmp_path: Path
) -> None:
    with server.database() as same, server.database() as other:
        again = Ledger(settings_on(same, tmp_path / "same"))
        another = Ledger(settings_on(other, tmp_path / "other"))
        fill(session_on(again.settings), seed=1)
        fill(session_on(another.settings), seed=2)
        assert digests_of(again) == digests_of(demo)
        assert digests_of(another)["journal"] != digests_of(demo)["journal"]


def test_every_person_of_the_demo_is_marked_as_fictional(demo: Ledger) -> None:
    with demo.workshop() as workshop:
        people = [each.name for each in members(workshop.reader)]
        companies = [each.name for each in clients(workshop.reader)]
    assert len(people) == 20
    assert all(name.endswith("(fictional)") for name in people + companies)


def test_no_name_address_or_iban_of_the_demo_stands_in_the_event_table(demo: Ledger) -> None:
    with demo.workshop() as workshop:
        personal = {
            text.removesuffix(" (fictional)").casefold()
            for recorded in workshop.log.page(0, 10_000)
            for text in _sealed_texts(recorded.event)
            if text
        }
    with psycopg.connect(demo.settings.database_url or "") as connection:
        stored = b"\n".join(row[0] for row in connection.execute(EVENTS)).decode().casefold()

    assert len(personal) > 300
    assert any(text.startswith("be") and len(text) == 16 for text in personal)
    assert [text for text in personal if text in stored] == []
    assert "membership.apply" in stored


def _sealed_texts(event: object) -> list[str]:
    hints = get_type_hints(type(event), include_extras=True)
    fields = [
        name
        for name, hint in hints.items()
        if any(isinstance(mark, Personal) for mark in getattr(hint, "__metadata__", ()))
    ]
    values = [getattr(event, name) for name in fields]
    return [text for value in values for text in ((value,) if isinstance(value, str) else value)]
