"""Taking over from old books: try them and see what agrees, or record them, with the file they came from.

A trial decides everything on the truth of the ledger, as the recording would, and is then refused: of a
refused command nothing is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from api.receipts import keep_evidence
from api.services import Services
from domain.errors import BooksBegunAlready, CutoverRefusal, OldBooksOnlyTried, Refusal
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.cutover import take_over
from domain.ledger.reconciling import Check, reconcile
from domain.old_books import OldBooks
from eventstore.desk import Caller
from eventstore.errors import PositionNotReached
from interchange.old_books import read_old_books
from projections.journal import JOURNAL
from projections.trial_balance import trial_balance

OPERATION = "cutover.record"
PATIENCE_S = 10.0

Runs = Callable[[Books, Stamp], None]


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A figure that old books give twice, in cents: a debit above zero.

    `what` is trial-balance (debits, and credits), invoices, purchases, bank, shares, funds, fund,
    no-items or results; `subject` is the account or fund it is about.
    """

    what: str
    subject: str
    books_c: int
    items_c: int
    difference_c: int


@dataclass(frozen=True, slots=True)
class CutoverReport:
    """What taking over from a file of old books did, or would do.

    `position` is that of the last fact, and null if nothing was recorded; `refused` is then the code of
    what is in the way, if anything, and `because` its sentence with figures.
    """

    position: int | None
    source_sha256: str
    day: date
    figures: tuple[CheckedFigure, ...]
    refused: str | None
    because: str | None


def try_old_books(
    services: Services, caller: Caller, content: bytes, *, entity_id: UUID, key: str, lang: str = "en"
) -> CutoverReport:
    """Say whether these old books could be taken over, and what is in the way; records and keeps nothing.

    Raises OldBooksRefused if they are written wrongly.
    """
    old, digest = read_old_books(content), sha256(content).hexdigest()
    begun = _begun(services, entity_id)

    def run(books: Books, stamp: Stamp) -> None:
        _take_over(books, stamp, entity_id=entity_id, old=old, source_sha256=digest, begun=begun)
        raise OldBooksOnlyTried

    in_the_way: Refusal | None = None
    try:
        _perform(services, caller, digest, entity_id, key, run)
    except OldBooksOnlyTried:
        pass
    except CutoverRefusal as refusal:
        in_the_way = refusal
    return CutoverReport(
        position=None,
        source_sha256=digest,
        day=old.day,
        figures=_figures(old),
        refused=None if in_the_way is None else in_the_way.code,
        because=None if in_the_way is None else in_the_way.sentence(lang),
    )


def record_old_books(
    services: Services, caller: Caller, content: bytes, *, entity_id: UUID, key: str
) -> CutoverReport:
    """Take over from old books in one batch, and keep their file among the entity's documents.

    Raises what is in the way, by name and amount; nothing is recorded then.
    """
    old = read_old_books(content)
    digest = keep_evidence(services, content, entity_id=entity_id)
    begun = _begun(services, entity_id)

    def run(books: Books, stamp: Stamp) -> None:
        _take_over(books, stamp, entity_id=entity_id, old=old, source_sha256=digest, begun=begun)

    position = _perform(services, caller, digest, entity_id, key, run)
    return CutoverReport(
        position=position,
        source_sha256=digest,
        day=old.day,
        figures=_figures(old),
        refused=None,
        because=None,
    )


def _take_over(
    books: Books, stamp: Stamp, *, entity_id: UUID, old: OldBooks, source_sha256: str, begun: bool
) -> None:
    """Take over, unless the journal knows the entity: asked here, so that a repeat hears its first answer."""
    take_over(books, stamp, entity_id=entity_id, old=old, source_sha256=source_sha256)
    if begun:
        raise BooksBegunAlready(entity_id=entity_id)


def _begun(services: Services, entity_id: UUID) -> bool:
    """Tell whether anything was ever booked for the entity; raises PositionNotReached."""
    position = services.log.head().size
    if not services.reader.wait_for(position, JOURNAL.name, timeout=PATIENCE_S):
        raise PositionNotReached(position=position)
    return bool(trial_balance(services.reader, entity_id=entity_id).rows)


def _figures(old: OldBooks) -> tuple[CheckedFigure, ...]:
    return tuple(_figure(check) for check in reconcile(old))


def _figure(check: Check) -> CheckedFigure:
    return CheckedFigure(check.what.value, check.subject, check.books_c, check.items_c, check.difference_c)


def _perform(
    services: Services,
    caller: Caller,
    digest: str,
    entity_id: UUID,
    key: str,
    run: Runs,
) -> int:
    return services.desk.perform(
        caller,
        operation=OPERATION,
        key=key,
        body=f"{entity_id} {digest}".encode(),
        effective_on=services.business_day(services.clock()),
        run=run,
    ).position
