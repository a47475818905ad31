"""The dated parameters of each entity: every value with the day it holds from, its source, and who set it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.legal_entity import LegalEntity
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

VALUES = Table(
    "parameter",
    (
        """
        CREATE TABLE parameter (
            position bigint PRIMARY KEY,
            entity_id uuid NOT NULL,
            name text NOT NULL,
            value text NOT NULL,
            valid_from date NOT NULL,
            source_ref text NOT NULL,
            set_by text NOT NULL
        )
        """,
        "CREATE INDEX parameter_of_entity ON parameter (entity_id, name, valid_from, position)",
    ),
    "SELECT * FROM parameter ORDER BY position",
)

_ADD = "COPY parameter (position, entity_id, name, value, valid_from, source_ref, set_by) FROM STDIN"


class ParametersPage(Page):
    """Takes each value in."""

    @on(LegalEntity.ParameterSet)
    def _set(self, position: int, event: LegalEntity.ParameterSet) -> None:
        said = (event.name, event.value, event.valid_from, event.source_ref, event.actor)
        self.add(_ADD, position, event.originator_id, *said)


PARAMETERS = ReadModel("parameters", 1, (VALUES,), ParametersPage)


@dataclass(frozen=True)
class ParameterValue:
    """From `valid_from` on, a parameter of an entity has this value, on the ground of `source_ref`."""

    position: int
    entity_id: UUID
    name: str
    value: str
    valid_from: date
    source_ref: str
    set_by: str


_VALUES = """
    SELECT * FROM parameter
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(name)s::text IS NULL OR name = %(name)s)
    ORDER BY entity_id, name, valid_from, position
"""
_IN_FORCE = """
    SELECT DISTINCT ON (entity_id, name) * FROM parameter
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(name)s::text IS NULL OR name = %(name)s)
        AND valid_from <= %(as_of)s
    ORDER BY entity_id, name, valid_from DESC, position DESC
"""


def parameters(
    reader: Reader, *, entity_id: UUID | None = None, name: str | None = None, as_of: date | None = None
) -> list[ParameterValue]:
    """Return every value of the parameters in the order of its days, or the one in force on a day."""
    asked = {"entity_id": entity_id, "name": name}
    if as_of is None:
        return reader.rows(ParameterValue, _VALUES, **asked)
    return reader.rows(ParameterValue, _IN_FORCE, **asked, as_of=as_of)
