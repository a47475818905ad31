"""The ledger knows the facts it was told of, and never looks for others."""

from __future__ import annotations

import sys

import pytest
from eventsourcing.domain import Aggregate

from domain.facts import Ledgered
from eventstore.errors import UnknownTopic
from eventstore.registry import Registry
from tests.eventstore.facts_for_tests import Letter, Parcel


class Impostor(Ledgered):
    TOPIC = "test-impostor"

    class Event(Ledgered.Event):
        """What happens to it."""

    class Begun(Event, Aggregate.Created):
        """It began."""

        TOPIC = "test-impostor.begun.v1"

    Created = Begun


def test_every_event_with_a_topic_of_its_own_is_known() -> None:
    registry = Registry(Parcel, Letter)
    assert dict(registry.topics()) == {
        "test-parcel.packed.v1": Parcel.Packed,
        "test-parcel.addressed.v1": Parcel.Addressed,
        "test-parcel.handed-over.v1": Parcel.HandedOver,
        "test-letter.written.v1": Letter.Written,
    }
    assert registry.event_class("test-letter.written.v1") is Letter.Written
    assert registry.aggregate_class("test-parcel.handed-over.v1") is Parcel


@pytest.mark.parametrize(
    "topic",
    [
        "os:system",
        "antigravity",
        "test-parcel",
        "test-parcel.packed.v2",
        "tests.eventstore.facts_for_tests:Parcel.Packed",
        "eventsourcing.domain:Snapshot",
        "",
    ],
)
def test_an_unknown_topic_is_refused_by_name_and_imports_nothing(topic: str) -> None:
    registry, before = Registry(Parcel), set(sys.modules)
    with pytest.raises(UnknownTopic) as refused:
        registry.event_class(topic)
    with pytest.raises(UnknownTopic):
        registry.aggregate_class(topic)
    assert refused.value.facts == {"topic": topic}
    assert set(sys.modules) == before


def test_the_list_of_topics_cannot_be_changed_from_outside() -> None:
    with pytest.raises(TypeError):
        Registry(Parcel).topics()["os:system"] = Parcel.Packed  # type: ignore[index]


def test_one_topic_never_means_two_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Impostor.Begun, "TOPIC", Letter.Written.TOPIC)
    with pytest.raises(ValueError, match=r"test-letter\.written\.v1"):
        Registry(Letter, Impostor)


def test_an_aggregate_without_a_topic_is_refused_at_the_start() -> None:
    class Nameless(Ledgered):
        pass

    with pytest.raises(ValueError, match="Nameless has no TOPIC"):
        Registry(Nameless)
