"""What was stored once is read for ever: the same fact, the same bytes, the same leaf of the log."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates import advance_box, convening_notice, electoral_roll
from domain.aggregates.advance_box import AdvanceVote
from domain.aggregates.electoral_roll import WIDE_PAGE
from domain.catalogue import AGGREGATES
from domain.governance.rolls import EntryReason, RollEntry
from domain.governance.rules import Choice
from domain.personal import ERASED
from eventstore.codec import MAX_STATE_BYTES, Codec
from eventstore.keystore import MemorySubjectKeys
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from tests.facts.golden import HERE, codec, path_of, read, written
from tests.facts.samples import events

EVENTS = list(events())
TOPICS = [event.TOPIC for event in EVENTS]


def test_every_topic_has_one_golden_file_and_every_file_a_topic() -> None:
    assert sorted(Registry(*AGGREGATES).topics()) == sorted(TOPICS)
    assert sorted(path.name for path in HERE.glob("*.json")) == sorted(f"{topic}.json" for topic in TOPICS)


@pytest.mark.parametrize("event", EVENTS, ids=TOPICS)
def test_a_golden_fact_is_read_as_the_event_it_was(event: Any) -> None:
    stored = read(event.TOPIC)
    decoded = codec().decode(stored.originator_id, stored.originator_version, stored.topic, stored.state)
    assert type(decoded) is type(event)
    assert vars(decoded) == vars(event)
    assert {name: type(value) for name, value in vars(decoded).items()} == {
        name: type(value) for name, value in vars(event).items()
    }


@pytest.mark.parametrize("event", EVENTS, ids=TOPICS)
def test_an_event_is_still_written_as_its_golden_fact(event: Any) -> None:
    encoded = codec().encode(event)
    assert encoded == read(event.TOPIC)
    assert written(encoded) == path_of(event.TOPIC).read_text(encoding="utf-8")


@pytest.mark.parametrize("topic", TOPICS)
def test_a_golden_fact_is_json_that_a_person_can_read(topic: str) -> None:
    state = json.loads(read(topic).state)
    assert {"timestamp", "effective_on", "actor", "command_id", "operation", "body_mac"} <= set(state)


@pytest.mark.parametrize("event", EVENTS, ids=TOPICS)
def test_without_its_keys_a_golden_fact_keeps_what_is_open_and_loses_what_is_personal(event: Any) -> None:
    stored = read(event.TOPIC)
    keyless = Codec(Registry(*AGGREGATES), Sealer(MemorySubjectKeys()))
    decoded = keyless.decode(stored.originator_id, stored.originator_version, stored.topic, stored.state)
    lost = {name for name, value in vars(decoded).items() if value != vars(event)[name]}
    assert all(vars(decoded)[name] in (ERASED, (ERASED,)) for name in lost)
    assert bool(lost) == ("sealed" in json.loads(stored.state))


def test_the_fullest_page_of_a_roll_of_advance_votes_or_of_a_notice_fits_a_fact() -> None:
    entry = RollEntry(UUID(int=2**128 - 1), 999_999, 10**9, 10**9, "x" * 40, EntryReason.REPRESENTATIVE)
    plain = RollEntry(UUID(int=2**128 - 1), 999_999, 10**9)
    read_out = AdvanceVote(UUID(int=2**128 - 1), Choice.ABSTAIN)
    full: dict[str, Any] = {
        "electoral-roll.page-frozen.v1": {"entries": (entry,) * WIDE_PAGE},
        "advance-box.page-opened.v1": {"votes": (read_out,) * advance_box.PAGE},
        "convening-notice.sent.v1": {"member_ids": (UUID(int=2**128 - 1),) * convening_notice.PAGE},
    }
    sizes = {
        event.TOPIC: len(codec().encode(replace(event, **full[event.TOPIC])).state)
        for event in EVENTS
        if event.TOPIC in full
    }
    page = next(event for event in EVENTS if event.TOPIC == "electoral-roll.page-frozen.v1")
    sizes["plain"] = len(codec().encode(replace(page, entries=(plain,) * electoral_roll.PAGE)).state)
    assert len(sizes) == 4
    assert max(sizes.values()) <= MAX_STATE_BYTES
