"""The contribution plan: its versions, exceptions included, and the rules others are known to have."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from domain.money import euros
from workers.cli.naming import activity_codes, entity_codes
from workers.cli.past import EntityCode, entity_id
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.contributions import FundShare, Tier

Presets = Annotated[bool, typer.Option("--presets", help="Show rules that cooperatives are known to have.")]


@command
def plan(session: Session, *, entity: EntityCode = None, presets: Presets = False) -> None:
    """Show the contribution plan by version: base, rates, monthly part, exemptions, exceptions."""
    from projections.contribution_plans import counted_years, plan_versions

    if presets:
        _presets(session)
        return
    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        of_entity = entity_id(reader, entity)
        versions = plan_versions(reader, entity_id=of_entity)
        years = counted_years(reader, entity_id=of_entity)
        if session.screen.as_json:
            says = {
                "versions": [asdict(each) for each in versions],
                "years": [asdict(each) for each in years],
            }
            session.screen.data(says)
            return
        codes, names = entity_codes(reader), activity_codes(reader)
    rows = [
        (
            codes[each.entity_id],
            str(each.version),
            names[each.activity_id] if each.activity_id else "",
            f"{each.valid_from} …{f' {each.valid_until}' if each.valid_until else ''}",
            session.screen.words(each.base),
            _rates(each.rate_bp, each.tiers),
            euros(each.fixed_month_c) if each.fixed_month_c else "",
            _exempt(session, each.exempt_year_c, each.exempt_first_months),
            _shares(each.fund_shares),
            each.decision_ref,
        )
        for each in versions
    ]
    headings = (
        "entity",
        "version",
        "activity",
        "in-force",
        "base",
        "rate",
        "monthly",
        "exempt",
        "funds",
        "decision",
    )
    session.screen.table(session.screen.words("plan"), tuple(Column(each) for each in headings), rows)
    if not versions:
        session.screen.say(session.screen.told("no-plan"))


def _presets(session: Session) -> None:
    from domain.ledger.contribution_presets import CONTRIBUTION_PRESETS

    if session.screen.as_json:
        session.screen.data({"presets": [asdict(each) for each in CONTRIBUTION_PRESETS]})
        return
    rows = [
        (
            each.name,
            session.screen.words(each.terms.base),
            _rates(each.terms.rate_bp, each.terms.tiers),
            euros(each.terms.fixed_month_c) if each.terms.fixed_month_c else "",
            each.source_ref,
        )
        for each in CONTRIBUTION_PRESETS
    ]
    headings = ("preset", "base", "rate", "monthly", "origin")
    session.screen.table(session.screen.words("presets"), tuple(Column(each) for each in headings), rows)


def _rates(rate_bp: int, tiers: Iterable[Tier]) -> str:
    """Write the rates: 12 %, and 10 % beyond 20,000.00."""
    beyond = (f"{_percent(each.rate_bp)} > {euros(each.from_c)}" for each in tiers)
    return ", ".join((_percent(rate_bp), *beyond))


def _shares(shares: Iterable[FundShare]) -> str:
    return " + ".join(_percent(each.rate_bp) for each in shares)


def _exempt(session: Session, year_c: int, first_months: int) -> str:
    parts = [f"{euros(year_c)} {session.screen.words('a-year')}"] if year_c else []
    parts += [f"{first_months} {session.screen.words('months')}"] if first_months else []
    return ", ".join(parts)


def _percent(rate_bp: int) -> str:
    whole, rest = divmod(rate_bp, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") + " %"
