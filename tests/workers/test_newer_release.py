"""A ledger that a newer release has written to: this one does not serve it, and says why."""

from __future__ import annotations

import json

from tests.ledgers import Ledger

FACT_OF_TOMORROW = """
    INSERT INTO tutti_default.topic VALUES ('robot.hired.v1');
    INSERT INTO tutti_default.event
        SELECT size + 1, gen_random_uuid(), 1, 'robot.hired.v1', '{}', decode(repeat('00', 32), 'hex')
        FROM tutti_default.head;
"""


def test_up_ends_at_once_and_names_the_facts_it_cannot_read(own_demo: Ledger) -> None:
    own_demo.alter(FACT_OF_TOMORROW)
    ended = own_demo.start("up", "--json")
    assert ended.returncode == 1
    refused = json.loads(ended.stdout)
    assert refused["code"] == "service-refused"
    assert "robot.hired.v1" in refused["facts"]["reason"]
    assert "newer release" in refused["facts"]["reason"]


def test_a_command_that_writes_is_refused_by_that_name(own_demo: Ledger) -> None:
    own_demo.alter(FACT_OF_TOMORROW)
    refused = own_demo.run("period", "open", "2027-01", "--entity", "COOP", "--json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["code"] == "newer-facts"
