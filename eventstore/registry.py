"""The closed list of facts this ledger knows, by topic.

The library resolves a topic by importing the module it names, so whoever writes a row chooses
what runs. Here a topic is a key in a table of classes that the program itself named.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from eventsourcing.utils import register_topic

from domain.facts import Ledgered
from eventstore.errors import UnknownTopic


class Registry:
    """Event classes by topic, each with the aggregate it belongs to."""

    def __init__(self, *aggregates: type[Ledgered]) -> None:
        """Register every event class in an aggregate's namespace that has a `TOPIC` of its own.

        Raises ValueError if an aggregate has no topic, or two events have the same.
        """
        self._events: dict[str, type] = {}
        self._aggregates: dict[str, type[Ledgered]] = {}
        for aggregate in aggregates:
            self._register(aggregate)

    def event_class(self, topic: str) -> type:
        """Return the event class of a topic; raises UnknownTopic, and never imports anything."""
        try:
            return self._events[topic]
        except KeyError:
            raise UnknownTopic(topic=topic) from None

    def aggregate_class(self, topic_of_event: str) -> type[Ledgered]:
        """Return the aggregate to which events of this topic belong; raises UnknownTopic."""
        try:
            return self._aggregates[topic_of_event]
        except KeyError:
            raise UnknownTopic(topic=topic_of_event) from None

    def topics(self) -> Mapping[str, type]:
        """Return every known topic with its event class."""
        return MappingProxyType(self._events)

    def _register(self, aggregate: type[Ledgered]) -> None:
        if "TOPIC" not in vars(aggregate):
            raise ValueError(f"{aggregate.__name__} has no TOPIC")
        # The library asks for the aggregate by this name when a first fact is replayed: it must know it.
        register_topic(vars(aggregate)["TOPIC"], aggregate)
        for kind in vars(aggregate).values():
            if isinstance(kind, type) and issubclass(kind, Ledgered.Event) and "TOPIC" in vars(kind):
                topic: str = vars(kind)["TOPIC"]
                if self._events.setdefault(topic, kind) is not kind:
                    raise ValueError(f"two facts are called {topic}")
                self._aggregates[topic] = aggregate
