"""What each entity calls the standard accounts, from which day on, and by whose decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.account_codes import Codes, Dated, code_on
from domain.aggregates.legal_entity import LegalEntity
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

CODES = Table(
    "account_code",
    (
        """
        CREATE TABLE account_code (
            position bigint PRIMARY KEY,
            entity_id uuid NOT NULL,
            account text NOT NULL,
            code text NOT NULL,
            valid_from date NOT NULL,
            source_ref text NOT NULL,
            mapped_by text NOT NULL
        )
        """,
        "CREATE INDEX account_code_of_account ON account_code (entity_id, account, valid_from)",
    ),
    "SELECT * FROM account_code ORDER BY position",
)

_ADD = """
    COPY account_code (position, entity_id, account, code, valid_from, source_ref, mapped_by) FROM STDIN
"""


class AccountCodesPage(Page):
    """Takes each entity's own codes in."""

    @on(LegalEntity.AccountMapped)
    def _mapped(self, position: int, event: LegalEntity.AccountMapped) -> None:
        said = (event.account, event.code, event.valid_from, event.source_ref, event.actor)
        self.add(_ADD, position, event.originator_id, *said)


ACCOUNT_CODES = ReadModel("account_codes", 1, (CODES,), AccountCodesPage)


@dataclass(frozen=True)
class MappedAccount:
    """From `valid_from` on, an entity calls a standard account by this code of its own."""

    position: int
    entity_id: UUID
    account: str
    code: str
    valid_from: date
    source_ref: str
    mapped_by: str


_MAPPED = """
    SELECT * FROM account_code
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND position <= coalesce(%(known_at)s::bigint, 9223372036854775807)
    ORDER BY entity_id, account, valid_from, position
"""


def mapped_accounts(reader: Reader, *, entity_id: UUID | None = None) -> list[MappedAccount]:
    """Return what an entity, or each, calls which account, in the order of the days."""
    return reader.rows(MappedAccount, _MAPPED, entity_id=entity_id, known_at=None)


class OwnCodes:
    """The codes of all entities, as known at a position."""

    def __init__(self, cursor: Cursor[TupleRow], *, entity_id: UUID | None, known_at: int | None) -> None:
        """Read them in the snapshot of this cursor."""
        asked = {"entity_id": entity_id, "known_at": known_at}
        self.mapped = [MappedAccount(*row) for row in cursor.execute(_MAPPED, asked)]
        dated: defaultdict[UUID, defaultdict[str, list[Dated]]] = defaultdict(lambda: defaultdict(list))
        for each in self.mapped:
            dated[each.entity_id][each.account].append((each.valid_from, each.code))
        self._codes: dict[UUID, Codes] = {
            entity: {account: tuple(days) for account, days in accounts.items()}
            for entity, accounts in dated.items()
        }

    def code(self, entity_id: UUID, account: str, day: date) -> str:
        """Return what the entity calls the account on that day."""
        return code_on(self._codes.get(entity_id, {}), account, day)

    def changes(self) -> Iterator[tuple[MappedAccount, str]]:
        """Yield each change of a code in the order of the days, with the code until then."""
        before: dict[tuple[UUID, str], str] = {}
        in_order = sorted(self.mapped, key=lambda each: (each.valid_from, each.position))
        for each in in_order:
            key = (each.entity_id, each.account)
            sooner = before.get(key, each.account)
            before[key] = each.code
            if sooner != each.code:
                yield each, sooner
