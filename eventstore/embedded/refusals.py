"""Why the embedded database cannot run, and what to do about it.

* EmbeddedRefusal
  + NoBinaries
  + OtherMajorVersion
  + NotStarted
  + DirectoryNotUsable
  + DirectoryOfAnotherUser
  + DirectoryClosed
  + DirectoryInUse
  + NoServerAccount
  + ClusterNotMade
  + ServerStopped
  + ServerStillRuns
"""

from __future__ import annotations

from domain.errors import Refusal


class EmbeddedRefusal(Refusal):
    """The embedded database cannot do that."""

    code = "embedded-database"


class NoBinaries(EmbeddedRefusal):
    """No PostgreSQL that runs here was found. Install PostgreSQL 15 or newer with the system's package manager, or name a server in DATABASE_URL."""

    code = "embedded-no-binaries"


class OtherMajorVersion(EmbeddedRefusal):
    """This data directory was made by another major version of PostgreSQL. Install that version again, dump with its pg_dumpall, move the directory away, start, and restore the dump."""

    code = "embedded-other-major-version"


class NotStarted(EmbeddedRefusal):
    """The embedded database was never started in this data directory: start it first."""

    code = "embedded-not-started"


class DirectoryNotUsable(EmbeddedRefusal):
    """The database directory cannot be written: free some space, or name another with --data-dir."""

    code = "embedded-directory-not-usable"


class DirectoryOfAnotherUser(EmbeddedRefusal):
    """The database directory belongs to another user: run as that user, or name another with --data-dir."""

    code = "embedded-directory-of-another-user"


class DirectoryClosed(EmbeddedRefusal):
    """The database stands below a directory that its server's user can no longer enter. Let others pass through that directory (chmod o+x) as when the database was made."""

    code = "embedded-directory-closed"


class DirectoryInUse(EmbeddedRefusal):
    """A server that cannot be seen from here uses this database directory. Most likely it runs in another container: stop it there, or name another directory with --data-dir."""

    code = "embedded-directory-in-use"


class NoServerAccount(EmbeddedRefusal):
    """PostgreSQL does not run as root, and no system user for it could be made. Run as an ordinary user, or make one: useradd --system --no-create-home tuttipg."""

    code = "embedded-no-server-account"


class ClusterNotMade(EmbeddedRefusal):
    """PostgreSQL could not create its files; usually the disk is full. Its last words are shown."""

    code = "embedded-cluster-not-made"


class ServerStopped(EmbeddedRefusal):
    """PostgreSQL did not come up. Its last words are shown; the whole log stands in server.log."""

    code = "embedded-server-stopped"


class ServerStillRuns(EmbeddedRefusal):
    """PostgreSQL was asked to stop and still runs: look into server.log, then ask again."""

    code = "embedded-server-still-runs"
