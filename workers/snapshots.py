"""Snapshots of long streams, taken beside the work of the day; see eventstore.snapshotting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eventstore.snapshotting import Snapshotter
    from workers.workshop import Workshop


@contextmanager
def snapshotter(workshop: Workshop) -> Iterator[Snapshotter]:
    """Open what takes snapshots, on connections of its own."""
    from eventstore.snapshots import Snapshots
    from eventstore.snapshotting import Snapshotter

    tenant = workshop.settings.tenant
    opened = Snapshotter.open(
        workshop.dsn,
        tenant=tenant,
        keyring=workshop.keyring,
        codec=workshop.codec,
        snapshots=Snapshots(workshop.registry, workshop.keyring, tenant=tenant),
    )
    with closing(opened):
        yield opened


def take_snapshots(workshop: Workshop, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Take the snapshots that are due; return how many. Raises psycopg.OperationalError."""
    with snapshotter(workshop) as opened:
        return opened.take_all(goes_on)
