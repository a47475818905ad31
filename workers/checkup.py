"""The cheap checks of `tutti doctor`: each is a line that says how it is, and the next step if it is not well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.aggregates.bank_account import BankAccount
from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.manual_entry import ManualEntry
from domain.aggregates.quotation import Quotation
from domain.errors import Refusal

if TYPE_CHECKING:
    from workers.workshop import Workshop

NAMING = (BankAccount.StatementImported, ExpenseClaim.Submitted, ManualEntry.Posted)
"""The facts that name documents."""
MOST_NAMED = 5
"""How many documents a line names at most."""


@dataclass(frozen=True)
class Line:
    """How one thing is; `next_step` is empty if it is well."""

    name: str
    well: bool
    finding: str
    next_step: str = ""


def check_up(workshop: Workshop) -> list[Line]:
    """Look at the keys, the database, its tables, the read models and the documents, in this order.

    What rests on something that is not well is not looked at.
    """
    lines: list[Line] = []
    for look in (_keys, _database, _migrations, _read_models, _documents):
        lines.append(_said(look, workshop))
        if not lines[-1].well and look in (_keys, _database, _migrations):
            break
    return lines


def documents_named(workshop: Workshop) -> dict[str, int]:
    """Return the SHA-256 of every document that the facts name, with the first position that does."""
    named: dict[str, int] = {}
    for each in workshop.log.of_kinds(*NAMING):
        for sha256 in _hashes(each.event):
            named.setdefault(sha256, each.position)
    return named


def _said(look: Callable[[Workshop], Line], workshop: Workshop) -> Line:
    """Say a refusal as a finding: its sentence says the next step."""
    try:
        return look(workshop)
    except Refusal as refusal:
        return Line(
            look.__name__.strip("_").replace("_", " "),
            False,
            refusal.code,
            refusal.sentence(workshop.settings.lang),
        )


def _keys(workshop: Workshop) -> Line:
    """Read the secrets of this process, and see that they open the keys of the people spoken of."""
    recorder = workshop.keyring.recorder_public.hex()
    _ = workshop.subject_keys
    return Line("keys", True, f"{workshop.settings.keys_dir}, recorder {recorder[:16]}")


def _database(workshop: Workshop) -> Line:
    """Reach the database, and see that what it acknowledges stays."""
    import psycopg

    from eventstore.connections import demand_safety
    from eventstore.migrations.roles import READER

    try:
        demand_safety(workshop.dsn, tenant=workshop.settings.tenant, role=READER)
    except psycopg.OperationalError as error:
        reason = str(error).strip().partition("\n")[0]
        return Line("database", False, reason, "`tutti db status` says where it should be")
    return Line("database", True, "answers, and keeps what it acknowledges")


def _migrations(workshop: Workshop) -> Line:
    """See that every migration is applied as it stands here; opening the ledger applies what is missing."""
    from eventstore.migrations.runner import FILES, migrate

    migrate(workshop.dsn, workshop.settings.tenant)
    head = workshop.log.head()
    return Line("migrations", True, f"all {len(list(FILES.glob('*.sql')))} applied; {head.size} facts")


def _read_models(workshop: Workshop) -> Line:
    """See that every read model is made, was stopped by nothing and is at the head of the log."""
    from projections import schemas
    from projections.catalogue import ALL

    head = workshop.log.head().size
    with workshop.reader.snapshot() as cursor:
        standing = schemas.standing(cursor)
    found = [f"{model.name} was never made" for model in ALL if model.name not in standing]
    for model in ALL:
        stands = standing.get(model.name)
        if stands is None:
            continue
        if stands.shape != model.shape:
            found.append(f"{model.name} was made by another version")
        elif stands.failure:
            found.append(f"{model.name} stopped at {stands.position}: {stands.failure}")
        elif stands.position < head:
            found.append(f"{model.name} is {head - stands.position} facts behind")
    if found:
        step = "let `tutti up` or `tutti project` run; what does not move then, `tutti rebuild` makes anew"
        return Line("read models", False, "; ".join(found), step)
    return Line("read models", True, f"all {len(ALL)} at position {head}")


def _documents(workshop: Workshop) -> Line:
    """Open every document that a fact names; one whose subject was erased is as it should be."""
    from eventstore.errors import DocumentDamaged, DocumentErased, NoSuchDocument

    named, lost = documents_named(workshop), list[str]()
    for sha256, position in named.items():
        try:
            workshop.documents.find(sha256)
        except DocumentErased:
            continue
        except (NoSuchDocument, DocumentDamaged) as refusal:
            lost.append(f"{refusal.code} {sha256} (named at position {position})")
    if lost:
        more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
        step = (
            "bring it back from a backup, or `tutti import-bank` or `tutti document keep` the same file again"
        )
        return Line("documents", False, "; ".join(lost[:MOST_NAMED]) + more, step)
    return Line("documents", True, f"all {len(named)} that the facts name are there and whole")


def _hashes(event: Any) -> Iterator[str]:
    match event:
        case BankAccount.StatementImported():
            yield event.file_sha256
        case ManualEntry.Posted() | Quotation.OrderConfirmed() | Quotation.OrderAmended():
            yield event.evidence_sha256
        case ExpenseClaim.Submitted():
            yield from (line.receipt_sha256 for line in event.lines)
