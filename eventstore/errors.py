"""Every way the event store says no. The docstring is the sentence the user reads.

* Refusal (domain.errors)
  + Malformed (domain.errors)
    - EventTooLarge
    - CommandTooLarge
    - UnwritableEvent
    - InvalidTenant
    - DocumentTooLarge
    - NotADocumentName
  + NotFound (domain.errors)
    - NoSuchDocument
  + KeyReused
  + AskAgain
    - Busy
    - Unavailable
    - DatabaseFull
    - Closed
    - PositionNotReached
    - KeysUnavailable
    - DocumentsUnavailable
  + Unreadable
    - UnknownTopic
    - NewerFacts
    - UnreadableState
    - LogDamaged
    - DocumentDamaged
  + DocumentErased
  + KeyRefusal
    - KeyDestroyed
    - KeyFileUnsafe
    - KeysMissing
    - KeyDoesNotFit
  + DatabaseRefusal
    - DatabaseUnsafe
    - RolesMissing
    - NotMigrated
    - MigrationChanged
    - MigrationFailed
    - WritesGoThroughTheSequencer
"""

from __future__ import annotations

from domain.errors import Malformed, NotFound, Refusal

# What was asked cannot be stored.


class EventTooLarge(Malformed):
    """One fact may not exceed 60 kB: what is larger is recorded in pages."""

    code = "event-too-large"


class CommandTooLarge(Malformed):
    """One request may not record this much at once: split it."""

    code = "command-too-large"


class UnwritableEvent(Malformed):
    """A field of this fact does not hold what its type says, so it could never be read again."""

    code = "unwritable-event"


class InvalidTenant(Malformed):
    """A tenant's name is a small letter, then at most 40 small letters, digits or `_`, and never `_read`."""

    code = "invalid-tenant"


class DocumentTooLarge(Malformed):
    """A document has at most 50 MB."""

    code = "document-too-large"


class NotADocumentName(Malformed):
    """A document is named by the SHA-256 of its bytes: 64 digits of 0-9 and a-f."""

    code = "not-a-document-name"


class NoSuchDocument(NotFound):
    """No document with this SHA-256 was kept here."""

    code = "no-such-document"


class KeyReused(Refusal):
    """This key was used before for another request."""

    code = "key-reused"


# Nothing is wrong with what was asked: ask again with the same key.


class AskAgain(Refusal):
    """This cannot be answered now: ask again with the same key."""

    code = "ask-again"


class Busy(AskAgain):
    """Too many requests are waiting: nothing was recorded; ask again shortly, with the same key."""

    code = "busy"


class Unavailable(AskAgain):
    """It is not known whether this was recorded: ask again with the same key, it cannot happen twice."""

    code = "unavailable"


class DatabaseFull(AskAgain):
    """The disk of the database is full: make room on it, then ask again with the same key."""

    code = "database-full"


class Closed(AskAgain):
    """The ledger is shutting down: nothing was recorded; ask again with the same key."""

    code = "closed"


class PositionNotReached(AskAgain):
    """What was recorded cannot be read yet: ask again."""

    code = "position-not-reached"


class KeysUnavailable(AskAgain):
    """The keys of the people spoken of cannot be reached: nothing was recorded; ask again."""

    code = "keys-unavailable"


class DocumentsUnavailable(AskAgain):
    """The folder of the documents cannot be read or written: ask again when it can."""

    code = "documents-unavailable"


# What is stored cannot be what was written.


class Unreadable(Refusal):
    """The stored fact cannot be read."""

    code = "unreadable"


class UnknownTopic(Unreadable):
    """This ledger knows no fact of that name; it was not looked for anywhere else."""

    code = "unknown-topic"


class NewerFacts(Unreadable):
    """This log holds facts of a newer release: serve it with that release, or a later one."""

    code = "newer-facts"


class UnreadableState(Unreadable):
    """The stored fact is not what this ledger writes: compare it with the audit log."""

    code = "unreadable-state"


class LogDamaged(Unreadable):
    """The log contradicts itself: stop, and compare it with the audit log."""

    code = "log-damaged"


class DocumentDamaged(Unreadable):
    """The stored document is not what was kept: restore it from a backup, or hand it in again."""

    code = "document-damaged"


class DocumentErased(Refusal):
    """This document was erased for good: the key of whom it was about is destroyed."""

    code = "document-erased"


# Keys.


class KeyRefusal(Refusal):
    """A key does not allow this."""

    code = "key-refused"


class KeyDestroyed(KeyRefusal):
    """The personal data of this person was erased for good; nothing more can be sealed for them."""

    code = "key-destroyed"


class KeyFileUnsafe(KeyRefusal):
    """A key file must hold 32 bytes and be readable by its owner only."""

    code = "key-file-unsafe"


class KeysMissing(KeyRefusal):
    """The key that opens the subjects' keys is gone: restore it, a new one would open nothing."""

    code = "keys-missing"


class KeyDoesNotFit(KeyRefusal):
    """The subjects' keys were locked with another key: restore the one that belongs to them."""

    code = "key-does-not-fit"


# The database.


class DatabaseRefusal(Refusal):
    """The database does not allow this."""

    code = "database-refused"


class DatabaseUnsafe(DatabaseRefusal):
    """This database could lose what it acknowledged: switch its safeguards on first."""

    code = "database-unsafe"


class RolesMissing(DatabaseRefusal):
    """This database login may not set up the ledger: grant it what is named, or migrate as a superuser."""

    code = "roles-missing"


class NotMigrated(DatabaseRefusal):
    """The tables of this ledger are not there yet, or not for this login: run the migrations first."""

    code = "not-migrated"


class MigrationChanged(DatabaseRefusal):
    """A migration that was applied has another content now: restore the file, write a new one."""

    code = "migration-changed"


class MigrationFailed(DatabaseRefusal):
    """A migration failed, and nothing of its file was applied."""

    code = "migration-failed"


class WritesGoThroughTheSequencer(DatabaseRefusal):
    """Facts are recorded by the sequencer only; this door is for reading."""

    code = "writes-go-through-the-sequencer"
