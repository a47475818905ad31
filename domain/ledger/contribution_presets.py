"""Contribution rules as cooperatives are known to have them: starting points, never in force by themselves.

Each is data: an assembly decides its own, with or without one of these. A source marked ◇ was read in
a secondary text; the cooperative itself must confirm it before it is relied on.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.contributions import ContributionBase, Terms


@dataclass(frozen=True)
class ContributionPreset:
    """Terms under a name, with the words the contract of that country says them in."""

    name: str
    country: str
    says: str
    terms: Terms
    source_ref: str


CONTRIBUTION_PRESETS: tuple[ContributionPreset, ...] = (
    ContributionPreset(
        "be-invoiced",
        "BE",
        "contribution coopérative sur le chiffre d'affaires hors TVA, à la facturation",
        Terms(ContributionBase.INVOICED_NET, 650),
        "smartbe.be, nos services, financement: 6.5 % of what is invoiced net of VAT ◇",
    ),
    ContributionPreset(
        "be-margin",
        "BE",
        "contribution coopérative sur la marge brute",
        Terms(ContributionBase.GROSS_MARGIN, 1_000),
        "gregpiotto.be, coopératives pour porteurs de projets: 10 % of the margin ◇",
    ),
    ContributionPreset(
        "fr-margin",
        "FR",
        "contribution aux services mutualisés sur la marge brute (L7331-2 du code du travail)",
        Terms(ContributionBase.GROSS_MARGIN, 1_500),
        "neocampagne.fr, 26 January 2017: 15 % of the margin ◇",
    ),
    ContributionPreset(
        "fr-margin-and-month",
        "FR",
        "contribution aux services mutualisés sur la marge brute, et part fixe mensuelle (L7331-2 du code du travail)",
        Terms(ContributionBase.GROSS_MARGIN, 1_350, fixed_month_c=30_00),
        "coopaname.coop, C'est combien: 13.5 % of the gross margin and 30.00 a month ◇",
    ),
    ContributionPreset(
        "fr-collected",
        "FR",
        "contribution aux services mutualisés sur le chiffre d'affaires encaissé (L7331-2 du code du travail)",
        Terms(ContributionBase.COLLECTED_NET, 1_000),
        "les-cae.coop, le cadre juridique: 8 to 15 % of the turnover ◇",
    ),
)
"""In the order of their names' countries; France's cover contribution rules and vocabulary only."""
