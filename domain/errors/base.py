"""The root of all refusals, and those that belong to no one area.

* Refusal
  + Malformed
    - AmountNotPositive
    - AmountNegative
    - AmountTooLarge
    - NotANumber
    - InvalidEnterpriseNumber
    - InvalidDay
    - EmptyText
    - UnreadableText
    - InvalidParameter
    - InvalidRate
  + NotFound
    - UnknownRecord
  + AlreadyExists
  + RuleBroken
    - ParameterNotSet
    - NotRetroactive
    - SecondPersonNeeded
    - OtherEntity
"""

from __future__ import annotations

from typing import ClassVar, Self

LANGUAGES = ("en", "fr", "nl")
"""The languages a refusal speaks: its docstring is the English sentence, `fr` and `nl` are the others."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """The rules of the cooperative do not allow this."""

    code: ClassVar[str] = "refused"
    fr: ClassVar[str] = "Les règles de la coopérative ne le permettent pas."
    nl: ClassVar[str] = "De regels van de coöperatie staan dit niet toe."

    def __init__(self, **facts: object) -> None:
        """Keep the `facts` the sentence rests on; they are shown beside it."""
        self.facts = facts
        super().__init__(self.sentence())

    def about(self, **facts: object) -> Self:
        """Say first what the refusal is about, for who asked for several things at once."""
        self.facts = {**facts, **self.facts}
        self.args = (self.sentence(),)
        return self

    @classmethod
    def says(cls, lang: str = "en") -> str:
        """Return the sentence of this kind of refusal, on one line, in one of `LANGUAGES`."""
        match lang:
            case "fr":
                return cls.fr
            case "nl":
                return cls.nl
            case _:
                return " ".join((cls.__doc__ or "").split())

    def sentence(self, lang: str = "en") -> str:
        """Return the sentence with its facts, which have the same names in every language."""
        said = self.says(lang)
        shown = ", ".join(f"{name}: {value}" for name, value in self.facts.items())
        return f"{said} ({shown})" if shown else said


class Malformed(Refusal):
    """The request cannot be understood."""

    code = "malformed"
    fr = "La demande ne peut pas être comprise."
    nl = "De aanvraag kan niet begrepen worden."


class AmountNotPositive(Malformed):
    """The amount must be above zero."""

    code = "amount-not-positive"
    fr = "Le montant doit être supérieur à zéro."
    nl = "Het bedrag moet groter zijn dan nul."


class AmountNegative(Malformed):
    """The amount must not be below zero."""

    code = "amount-negative"
    fr = "Le montant ne peut pas être inférieur à zéro."
    nl = "Het bedrag mag niet kleiner zijn dan nul."


class AmountTooLarge(Malformed):
    """The amount is larger than this ledger can hold."""

    code = "amount-too-large"
    fr = "Le montant est plus grand que ce que ce grand livre peut tenir."
    nl = "Het bedrag is groter dan dit grootboek kan bevatten."


class NotANumber(Malformed):
    """A quantity or a price is a plain decimal number, such as 12.50."""

    code = "not-a-number"
    fr = "Une quantité ou un prix est un simple nombre décimal, comme 12.50."
    nl = "Een hoeveelheid of een prijs is een gewoon decimaal getal, zoals 12.50."


class InvalidEnterpriseNumber(Malformed):
    """The enterprise number is wrong: its last two digits do not fit the first eight."""

    code = "invalid-enterprise-number"
    fr = (
        "Le numéro d'entreprise est faux : ses deux derniers chiffres ne correspondent pas aux huit premiers."
    )
    nl = "Het ondernemingsnummer is fout: de laatste twee cijfers passen niet bij de eerste acht."


class InvalidDay(Malformed):
    """A day of this ledger lies between 1900-01-01 and 2999-12-31."""

    code = "invalid-day"
    fr = "Un jour de ce grand livre se situe entre 1900-01-01 et 2999-12-31."
    nl = "Een dag van dit grootboek ligt tussen 1900-01-01 en 2999-12-31."


class EmptyText(Malformed):
    """This text must not be empty."""

    code = "empty-text"
    fr = "Ce texte ne peut pas être vide."
    nl = "Deze tekst mag niet leeg zijn."


class UnreadableText(Malformed):
    """This text holds a character that no document may hold, such as NUL."""

    code = "unreadable-text"
    fr = "Ce texte contient un caractère qu'aucun document ne peut contenir, comme NUL."
    nl = "Deze tekst bevat een teken dat geen enkel document mag bevatten, zoals NUL."


class InvalidParameter(Malformed):
    """This value cannot be that of the parameter."""

    code = "invalid-parameter"
    fr = "Cette valeur ne peut pas être celle du paramètre."
    nl = "Deze waarde kan niet die van de parameter zijn."


class InvalidRate(Malformed):
    """A rate lies between 0 and 10,000 basis points, and so does the sum of the rates of one rule."""

    code = "invalid-rate"
    fr = "Un taux se situe entre 0 et 10 000 points de base, comme la somme des taux d'une même règle."
    nl = (
        "Een percentage ligt tussen 0 en 10.000 basispunten, net als de som van de percentages van één regel."
    )


class NotFound(Refusal):
    """There is no such record."""

    code = "not-found"
    fr = "Cet enregistrement n'existe pas."
    nl = "Dit gegeven bestaat niet."


class UnknownRecord(NotFound):
    """There is no such record in this ledger."""

    code = "unknown-record"
    fr = "Cet enregistrement n'existe pas dans ce grand livre."
    nl = "Dit gegeven bestaat niet in dit grootboek."


class AlreadyExists(Refusal):
    """This record exists already."""

    code = "already-exists"
    fr = "Cet enregistrement existe déjà."
    nl = "Dit gegeven bestaat al."


class RuleBroken(Refusal):
    """A rule of the cooperative does not allow this."""

    code = "rule-broken"
    fr = "Une règle de la coopérative ne le permet pas."
    nl = "Een regel van de coöperatie staat dit niet toe."


class ParameterNotSet(RuleBroken):
    """The entity has no value for this parameter on that day: set it, with its source."""

    code = "parameter-not-set"
    fr = "L'entité n'a pas de valeur pour ce paramètre à cette date : fixez-la, avec sa source."
    nl = "De entiteit heeft op die dag geen waarde voor deze parameter: leg ze vast, met haar bron."


class NotRetroactive(RuleBroken):
    """A rule or rate cannot take effect before the day it is decided, or before the one it follows."""

    code = "not-retroactive"
    fr = "Une règle ou un taux ne peut prendre effet avant le jour de sa décision, ni avant la règle ou le taux qui précède."
    nl = (
        "Een regel of percentage kan niet ingaan vóór de dag van de beslissing, of vóór wat eraan voorafgaat."
    )


class SecondPersonNeeded(RuleBroken):
    """Money leaves only with two people: whoever proposed it cannot approve it."""

    code = "second-person-needed"
    fr = "L'argent ne sort qu'à deux : qui a proposé ne peut pas approuver."
    nl = "Geld gaat er alleen met twee personen uit: wie voorstelt, kan niet goedkeuren."


class OtherEntity(RuleBroken):
    """These belong to different legal entities."""

    code = "other-entity"
    fr = "Ceux-ci relèvent d'entités juridiques différentes."
    nl = "Deze horen bij verschillende rechtspersonen."
