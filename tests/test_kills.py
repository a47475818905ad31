"""Every process may be killed at any moment while people work: nothing is lost, nothing is doubled."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random, SystemRandom
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.bank_account import BankAccount
from domain.aggregates.bank_line import BankLine
from domain.aggregates.client import Client
from domain.aggregates.invoice import Invoice
from domain.aggregates.reminder import Reminder
from eventstore.access import Role
from eventstore.commands import Recorded
from projections.activity_balances import activity_balances
from projections.lookups import bank_accounts, entities, members
from projections.poll_trail import poll_trail
from projections.receivables import open_receivables
from tests import load
from tests.containers import SERVICES, Containers, containers
from tests.ledgers import Ledger
from tests.load import DAY, PATIENCE_S, Bank, House, Orders, Person
from workers.demo.vote import RULE
from workers.keys import make_key

KILLS = 8
LONGEST_QUIET_S = 1.5


def facts_of(ledger: Ledger) -> list[Recorded]:
    with ledger.workshop() as workshop:
        return workshop.log.page(0, 1_000_000)


def house_of(ledger: Ledger, url: str) -> House:
    """The demo cooperative as people at work know it, with keys of their own and a poll that is open."""
    known = [each.event for each in facts_of(ledger)]
    with ledger.workshop() as workshop:
        tokens = {role: make_key(workshop, role=role, label="load") for role in Role}
        reader = workshop.up_to_date()
        (entity,) = entities(reader)
        (account,) = bank_accounts(reader)
        richest = max(activity_balances(reader).rows, key=lambda row: row.collected_c - row.committed_c)
        voters = tuple(str(each.membership_id) for each in members(reader, standing="member"))
    opened = next(
        each
        for each in known
        if isinstance(each, Activity.Opened) and each.originator_id == richest.activity_id
    )
    closing_c = [each.closing_c for each in known if isinstance(each, BankAccount.StatementImported)][-1]
    client = next(each for each in known if isinstance(each, Client.Registered))
    poll_id = str(uuid4())
    house = House(
        url=url,
        tokens=tokens,
        account=account.account,
        opening_c=closing_c,
        client_id=str(client.originator_id),
        activity_id=str(richest.activity_id),
        member_id=str(opened.membership_ids[0]),
        poll_id=poll_id,
        voters=voters,
    )
    _open_poll(house, str(entity.entity_id))
    return house


def _open_poll(house: House, entity_id: str) -> None:
    motion_id, roll_id = str(uuid4()), str(uuid4())
    asked: list[tuple[str, dict[str, Any]]] = [
        (
            "/v1/motions",
            {"entity_id": entity_id, "motion_id": motion_id, "title": "A van", "text": "Buy one."},
        ),
        ("/v1/rolls", {"entity_id": entity_id, "roll_id": roll_id}),
        (
            "/v1/polls",
            {
                "poll_id": house.poll_id,
                "motion_id": motion_id,
                "roll_id": roll_id,
                "rule_name": RULE,
                "rule_version": 1,
            },
        ),
    ]
    for path, body in asked:
        headers = {"Authorization": f"Bearer {house.tokens[Role.COMMITTEE]}", "Idempotency-Key": str(uuid4())}
        said = httpx.post(
            house.url + path, json={"effective_on": str(DAY), **body}, headers=headers, timeout=PATIENCE_S
        )
        assert said.status_code == 201, said.text


def kill_at_random(running: Containers, chance: Random) -> None:
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.1, LONGEST_QUIET_S))
        running.tend()
        running.kill(chance.choice(sorted(SERVICES)))
    running.settle()


@pytest.mark.slow
def test_whatever_is_killed_at_any_moment_nothing_is_lost_or_doubled(
    own_demo: Ledger, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    seed = request.config.getoption("--kill-seed")
    seed = SystemRandom().randrange(10**6) if seed is None else seed
    print(f"to kill in the same order: --kill-seed {seed}")  # noqa: T201 - shown when the test fails
    orders, stopped = Orders(), threading.Event()
    with containers(own_demo, tmp_path / "log") as running:
        house = house_of(own_demo, f"http://127.0.0.1:{running.port}")
        before = facts_of(own_demo)
        bank = Bank(orders, house.opening_c)
        people = {
            name: Person(house, name) for name in ("seller", "banker", "claimant", "paymaster", "voter")
        }
        rounds: dict[str, Callable[[], object]] = {
            "seller": partial(load.sells, people["seller"]),
            "banker": partial(load.banks, people["banker"], bank),
            "claimant": partial(load.claims, people["claimant"], orders),
            "paymaster": partial(load.pays_wages, people["paymaster"], orders),
            "voter": partial(load.votes, people["voter"]),
        }
        threads = load.at_work(rounds, stopped)
        kill_at_random(running, Random(seed))  # noqa: S311 - chance, not secrecy
        stopped.set()
        for thread in threads:
            thread.join(2 * PATIENCE_S)
            assert not thread.is_alive(), f"{thread.name}: {(tmp_path / 'log').read_text()}"

    own_demo.tutti("schedule", "--once")
    after = facts_of(own_demo)
    assert [each.position for each in after] == list(range(1, len(after) + 1))
    assert [each.event for each in after[: len(before)]] == [each.event for each in before]
    assert all(len(person.acknowledged) > 0 for person in people.values())
    acknowledged_once(people, after[len(before) :])
    paid_once(bank, after[len(before) :])
    reminded_once(own_demo, after)
    everything_holds(own_demo, house, len(after), len(people["voter"].acknowledged))


def acknowledged_once(people: dict[str, Person], new: list[Recorded]) -> None:
    """Every answer stands for one command in the log, and every command of these people was answered."""
    told = defaultdict(list)
    for person in people.values():
        for operation, position in person.acknowledged:
            told[operation].append(position)
    last_of = {each.event.command_id: each for each in new}
    recorded = defaultdict(list)
    for each in last_of.values():
        recorded[each.event.operation].append(each.position)
    for operation, positions in told.items():
        assert sorted(positions) == sorted(recorded[operation]), operation
    by_themselves = {"bank-statement.import", "receipt.allocate"}
    assert {name for name in recorded if name != "invoice.remind"} <= told.keys() | by_themselves
    numbers = [each.event.invoice_no for each in new if isinstance(each.event, Invoice.Issued)]
    assert len(set(numbers)) == len(numbers)


def paid_once(bank: Bank, new: list[Recorded]) -> None:
    """Every statement and entry was taken once, and each receipt set against its invoice once."""
    events = [each.event for each in new]
    assert sum(isinstance(each, BankAccount.StatementImported) for each in events) == bank.statements
    assert sum(isinstance(each, BankLine.Imported) for each in events) == bank.entries
    allocated = Counter(str(each.invoice_id) for each in events if isinstance(each, BankLine.Allocated))
    assert allocated == Counter(bank.paid)
    cleared = Counter(each.order_id for each in events if isinstance(each, BankLine.PaymentCleared))
    assert set(cleared.values()) <= {1}


def reminded_once(ledger: Ledger, after: list[Recorded]) -> None:
    with ledger.workshop() as workshop:
        owed = {each.invoice_id for each in open_receivables(workshop.up_to_date())}
    told = Counter(
        (each.event.invoice_id, each.event.number)
        for each in after
        if isinstance(each.event, Reminder.FellDue)
    )
    assert owed
    assert all(times == 1 for times in told.values())
    assert {invoice for invoice, _ in told} >= owed


def everything_holds(ledger: Ledger, house: House, size: int, votes: int) -> None:
    """Log, read models, books and documents agree; every vote stands in the trail once, the last one counts."""
    assert ledger.json("verify")["holds"]
    assert ledger.json("doctor", "--books")["findings"] == []
    assert ledger.json("doctor")["clean"]
    with psycopg.connect(ledger.settings.database_url or "") as connection:
        assert connection.execute("SELECT size FROM tutti_default.head").fetchone() == (size,)
    with ledger.workshop() as workshop:
        trail = poll_trail(workshop.up_to_date(), UUID(house.poll_id))
    assert len(trail.votes) == votes
    assert len(trail.ballots) == min(votes, len(house.voters))
