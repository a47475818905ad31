"""The refusals about what activities leave the cooperative and its funds.

* Malformed
  + TiersNotAscending
  + TooManyTiers
  + InvalidExemption
  + OverrideEndsBefore
* RuleBroken
  + ContributionRefusal
    - OverridesOverlap
    - MonthNotBegun
    - NothingForMonth
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class TiersNotAscending(Malformed):
    """The tiers of a contribution rule begin above zero, each above the one before."""

    code = "tiers-not-ascending"
    fr = "Les tranches d'une règle de contribution commencent au-dessus de zéro, chacune au-dessus de la précédente."
    nl = "De schijven van een bijdrageregel beginnen boven nul, elke schijf boven de vorige."


class TooManyTiers(Malformed):
    """A contribution rule has no more tiers than anybody can explain."""

    code = "too-many-tiers"
    fr = "Une règle de contribution n'a pas plus de tranches qu'on ne peut en expliquer."
    nl = "Een bijdrageregel heeft niet meer schijven dan iemand kan uitleggen."


class InvalidExemption(Malformed):
    """An exemption frees an amount a year that is not below zero, or the first months, at most ten years."""

    code = "invalid-exemption"
    fr = "Une exonération porte sur un montant annuel non négatif, ou sur les premiers mois, dix ans au plus."
    nl = "Een vrijstelling geldt voor een jaarbedrag dat niet onder nul ligt, of voor de eerste maanden, hoogstens tien jaar."


class OverrideEndsBefore(Malformed):
    """An exception for one activity ends on the day it begins or later."""

    code = "override-ends-before"
    fr = "Une dérogation pour une activité se termine le jour où elle commence, ou plus tard."
    nl = "Een afwijking voor een activiteit eindigt op de dag waarop ze begint, of later."


class ContributionRefusal(RuleBroken):
    """The contribution plan does not allow that."""

    code = "contribution-refused"
    fr = "Le barème de contribution ne permet pas cela."
    nl = "Het bijdrageplan laat dat niet toe."


class OverridesOverlap(ContributionRefusal):
    """Another exception holds for this activity on some of these days: one at a time."""

    code = "overrides-overlap"
    fr = "Une autre dérogation vaut pour cette activité certains de ces jours : une seule à la fois."
    nl = "Voor deze activiteit geldt op sommige van die dagen een andere afwijking: slechts een tegelijk."


class MonthNotBegun(ContributionRefusal):
    """The fixed part of a month is charged once that month has begun."""

    code = "month-not-begun"
    fr = "La part fixe d'un mois est imputée une fois ce mois commencé."
    nl = "Het vaste deel van een maand wordt aangerekend zodra die maand begonnen is."


class NothingForMonth(ContributionRefusal):
    """The plan leaves nothing fixed for that month: no such part in force, not open yet, or exempt."""

    code = "nothing-for-month"
    fr = "Le barème ne laisse rien de fixe pour ce mois : aucune part en vigueur, activité pas encore ouverte, ou exonérée."
    nl = "Het plan laat voor die maand niets vasts over: geen vast deel van kracht, activiteit nog niet open, of vrijgesteld."
