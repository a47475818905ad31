"""Commands that answer with a list, the latest first: asked in one way, and shown in one way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.naming import (
    activity_codes,
    client_names,
    entity_codes,
    invoice_numbers,
    member_names,
    payee_names,
)
from workers.cli.past import entity_id
from workers.cli.session import Column, Screen, Session

if TYPE_CHECKING:
    from uuid import UUID

    from projections.reader import Reader

Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")]

_FIGURES = frozenset(
    {
        "amount",
        "budget",
        "held-back",
        "left",
        "cost",
        "costs",
        "gross",
        "interest",
        "invoiced",
        "net",
        "no.",
        "paid",
        "position",
    }
)
_FIGURES_OF_SALES = frozenset(
    {"adjusted", "doubtful", "owed", "recovered", "still-open", "waived", "written-off"}
)


class Names:
    """What people know records by; each kind is read when the first of it is named."""

    def __init__(self, reader: Reader, screen: Screen) -> None:
        """Read nothing yet."""
        self._reader = reader
        self.words = screen.words

    @cached_property
    def members(self) -> Mapping[UUID, str]:
        """The name of every member."""
        return member_names(self._reader)

    @cached_property
    def activities(self) -> Mapping[UUID, str]:
        """The code of every activity."""
        return activity_codes(self._reader)

    @cached_property
    def entities(self) -> Mapping[UUID, str]:
        """The code of every legal entity."""
        return entity_codes(self._reader)

    @cached_property
    def clients(self) -> Mapping[UUID, str]:
        """The name of every client."""
        return client_names(self._reader)

    @cached_property
    def payees(self) -> Mapping[UUID, str]:
        """The name of everybody who is paid: suppliers, and members by membership and person."""
        return payee_names(self._reader)

    def invoices(self, of: Sequence[UUID]) -> Mapping[UUID, str]:
        """The numbers of these invoices."""
        return invoice_numbers(self._reader, of)


@dataclass(frozen=True)
class Listing:
    """One list: the read model it rests on, its key in JSON and heading, and what stands in its columns."""

    model: str
    key: str
    ask: Callable[..., Sequence[Any]]
    columns: tuple[str, ...]
    rows: Callable[[Sequence[Any], Names], list[tuple[str, ...]]]


def show_list(session: Session, listing: Listing, *, entity: str | None, **values: Any) -> None:
    """Ask for a list of one entity, or of all, and show it as a table or in JSON."""
    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        at = reader.position(listing.model)
        found = listing.ask(reader, entity_id=entity_id(reader, entity), **values)
        if session.screen.as_json:
            told = listing.key.replace("-", "_")
            session.screen.data({"position": at, told: [asdict(each) for each in found]})
            return
        columns = [
            Column(key, figures=key in _FIGURES | _FIGURES_OF_SALES, whole=key in {"id", "order"})
            for key in ("position", *listing.columns)
        ]
        rows = listing.rows(found, Names(reader, session.screen))
        session.screen.table(session.screen.words(listing.key), columns, rows)


def require_one_of(state: str | None, *known: str) -> None:
    """Refuse a state that nothing of this kind ever is in."""
    if state is not None and state not in known:
        raise typer.BadParameter("one of " + ", ".join(known), param_hint="--state")
