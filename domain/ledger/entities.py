"""Legal entities: register one with the dated parameters of its country, and change them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.contribution_plan import ContributionPlan
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.number_series import NumberSeries
from domain.bookkeeping.chart import NAMES
from domain.bookkeeping.rules import VERSIONS
from domain.errors import EmptyText, UnknownPostingRules
from domain.facts import Stamp, require_day
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.presets import BELGIAN_COOPERATIVE, require_parameter

POSTING_RULES = max(VERSIONS)
"""What an entity that begins now books by; one that began earlier adopts it from a day on, or never."""
BEFORE_ANY_BOOKING = date(1900, 1, 1)


def entity_id_of(code: str) -> UUID:
    """Return the id of the legal entity with that code."""
    return derived_id("legal-entity", code)


def register_id(entity_id: UUID) -> UUID:
    """Return the id of the entity's member register."""
    return derived_id("member-register", entity_id)


def plan_id(entity_id: UUID) -> UUID:
    """Return the id of the entity's contribution plan."""
    return derived_id("contribution-plan", entity_id)


def register_entity(
    books: Books, stamp: Stamp, *, code: str, name: str, enterprise_no: str, country: str
) -> None:
    """Register a legal entity with its register, plan, posting rules and Belgian parameters."""
    if not code.strip() or not name.strip():
        raise EmptyText(field="code" if name.strip() else "name")
    entity_id = entity_id_of(code)
    entity = LegalEntity.begin(
        stamp,
        id=entity_id,
        code=code,
        ordinal=_next_ordinal(books, stamp),
        name=name,
        enterprise_no=enterprise_no,
        country=country,
    )
    for parameter, value, source_ref in BELGIAN_COOPERATIVE:
        entity.set_parameter(
            stamp, name=parameter, value=value, valid_from=BEFORE_ANY_BOOKING, source_ref=source_ref
        )
    entity.adopt_posting_rules(stamp, version=POSTING_RULES, from_booked_on=BEFORE_ANY_BOOKING)
    books.record(entity)
    books.record(MemberRegister.begin(stamp, id=register_id(entity_id), entity_id=entity_id))
    books.record(ContributionPlan.begin(stamp, id=plan_id(entity_id), entity_id=entity_id))


def set_parameter(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    name: str,
    value: str,
    valid_from: date,
    source_ref: str,
) -> None:
    """Set a dated parameter of an entity."""
    require_parameter(name, value)
    books.get(LegalEntity, entity_id).set_parameter(
        stamp, name=name, value=value, valid_from=valid_from, source_ref=source_ref
    )


def adopt_posting_rules(
    books: Books, stamp: Stamp, *, entity_id: UUID, version: int, from_booked_on: date
) -> None:
    """Book by a version of the posting rules that there is, from a day after all stopped books."""
    require_day(from_booked_on)
    if version not in VERSIONS:
        raise UnknownPostingRules(version=version, known=", ".join(map(str, VERSIONS)))
    books.get(LegalEntity, entity_id).adopt_posting_rules(
        stamp, version=version, from_booked_on=from_booked_on
    )


def map_account(
    books: Books, stamp: Stamp, *, entity_id: UUID, account: str, code: str, valid_from: date, source_ref: str
) -> None:
    """Let an entity call a standard account by a code of its own, from a day after all stopped books."""
    require_day(valid_from)
    books.get(LegalEntity, entity_id).map_account(
        stamp, account=account, code=code, valid_from=valid_from, source_ref=source_ref, chart=NAMES
    )


def _next_ordinal(books: Books, stamp: Stamp) -> int:
    series_id = derived_id("number-series", "tenant", "legal-entity", 0)
    series = books.find(NumberSeries, series_id)
    if series is None:
        series = NumberSeries.begin(stamp, id=series_id, entity_id=None, series="legal-entity", year=0)
        books.record(series)
    return series.take(stamp, on=max(stamp.effective_on, series.last_on))
