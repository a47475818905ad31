"""The library's readers, closed: its event store and repository see our bytes through the codec.

The library's own mapper imports the module that a stored topic names. This one knows the topics of
the registry and nothing else, so neither an event, its state nor a snapshot can make it import.
"""

from __future__ import annotations

from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from eventstore.codec import Codec


class ClosedMapper(Mapper[UUID]):
    """Maps between events and stored events by the codec alone."""

    def __init__(self, codec: Codec) -> None:
        """Map by `codec`; the transcoder the library asks for is never used."""
        super().__init__(JSONTranscoder())
        self._codec = codec

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """Return the event as it is stored; raises what Codec.encode raises."""
        stored = self._codec.encode(domain_event)
        return StoredEvent(stored.originator_id, stored.originator_version, stored.topic, stored.state)

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[UUID]:
        """Return the event that was stored; raises UnknownTopic or UnreadableState."""
        found: DomainEventProtocol[UUID] = self._codec.decode(
            UUID(str(stored_event.originator_id)),
            stored_event.originator_version,
            stored_event.topic,
            stored_event.state,
        )
        return found
