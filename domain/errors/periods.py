"""The refusals about periods and the books.

* Malformed
  + InvalidMonth
  + AccountCodeUnusable
* NotFound
  + UnknownAccount
* RuleBroken
  + AccountCodeTaken
  + PeriodRefusal
    - NoOpenPeriod
    - PeriodNotOpen
    - PeriodNotClosing
    - EarlierPeriodOpen
    - BooksStopped
    - DigestTooEarly
    - BooksDoNotBalance
    - PeriodNotClosed
    - LaterPeriodStopped
    - NoReopeningProposed
"""

from __future__ import annotations

from domain.errors.base import Malformed, NotFound, RuleBroken


class InvalidMonth(Malformed):
    """A period is a month, written as 2026-01."""

    code = "invalid-month"
    fr = "Une période est un mois, écrit comme 2026-01."
    nl = "Een periode is een maand, geschreven als 2026-01."


class AccountCodeUnusable(Malformed):
    """An entity's own code of an account has three to ten digits, of which the first is the account's class."""

    code = "account-code-unusable"
    fr = "Le code propre d'un compte a trois à dix chiffres, dont le premier est la classe du compte."
    nl = "De eigen code van een rekening heeft drie tot tien cijfers, waarvan het eerste de klasse van de rekening is."


class UnknownAccount(NotFound):
    """There is no such account in the ledger's chart."""

    code = "unknown-account"
    fr = "Ce compte n'existe pas dans le plan comptable du registre."
    nl = "Deze rekening bestaat niet in het rekeningstelsel van het grootboek."


class AccountCodeTaken(RuleBroken):
    """Another account is called by this code, on that day or later."""

    code = "account-code-taken"
    fr = "Un autre compte porte ce code, à cette date ou plus tard."
    nl = "Een andere rekening draagt deze code, op die dag of later."


class PeriodRefusal(RuleBroken):
    """The period does not allow this."""

    code = "period-refused"
    fr = "La période ne le permet pas."
    nl = "De periode staat dit niet toe."


class NoOpenPeriod(PeriodRefusal):
    """No period is open on or after that day: open one first (`tutti period open`)."""

    code = "no-open-period"
    fr = "Aucune période n'est ouverte à cette date ou après : ouvrez-en une d'abord (`tutti period open`)."
    nl = "Er is op of na die dag geen periode open: open er eerst een (`tutti period open`)."


class PeriodNotOpen(PeriodRefusal):
    """The period is not open."""

    code = "period-not-open"
    fr = "La période n'est pas ouverte."
    nl = "De periode is niet open."


class PeriodNotClosing(PeriodRefusal):
    """A period is closed in two steps: stop its bookings first, then close it with its digest."""

    code = "period-not-closing"
    fr = "Une période se clôture en deux temps : arrêtez d'abord ses écritures, puis clôturez-la avec son empreinte."
    nl = "Een periode wordt in twee stappen afgesloten: stop eerst de boekingen, sluit ze dan af met haar vingerafdruk."


class EarlierPeriodOpen(PeriodRefusal):
    """An earlier period still takes bookings: close it first."""

    code = "earlier-period-open"
    fr = "Une période antérieure prend encore des écritures : clôturez-la d'abord."
    nl = "Een eerdere periode neemt nog boekingen op: sluit die eerst af."


class BooksStopped(PeriodRefusal):
    """The books are stopped beyond this month: it can no longer be opened."""

    code = "books-stopped"
    fr = "Les livres sont arrêtés au-delà de ce mois : il ne peut plus être ouvert."
    nl = "De boeken zijn voorbij deze maand gestopt: ze kan niet meer geopend worden."


class DigestTooEarly(PeriodRefusal):
    """A digest rests on the log as it stands since the bookings were stopped: take it again."""

    code = "digest-too-early"
    fr = "Une empreinte repose sur le journal tel qu'il est depuis l'arrêt des écritures : refaites-la."
    nl = "Een vingerafdruk steunt op het logboek zoals het is sinds de boekingen stopten: neem hem opnieuw."


class BooksDoNotBalance(PeriodRefusal):
    """A period closes only on a trial balance whose debits equal its credits."""

    code = "books-do-not-balance"
    fr = "Une période ne se clôture que sur une balance générale dont les débits égalent les crédits."
    nl = "Een periode sluit alleen op een proefbalans waarvan debet en credit gelijk zijn."


class PeriodNotClosed(PeriodRefusal):
    """The period is not closed: there is nothing to reopen."""

    code = "period-not-closed"
    fr = "La période n'est pas clôturée : il n'y a rien à rouvrir."
    nl = "De periode is niet afgesloten: er valt niets te heropenen."


class LaterPeriodStopped(PeriodRefusal):
    """A later period is closed or closing, and its figures rest on this one: reopen that one first."""

    code = "later-period-stopped"
    fr = "Une période ultérieure est clôturée ou en clôture et ses chiffres reposent sur celle-ci : rouvrez-la d'abord."
    nl = "Een latere periode is afgesloten of wordt het, en haar cijfers steunen op deze: heropen die eerst."


class NoReopeningProposed(PeriodRefusal):
    """Nobody has proposed to reopen this period: a proposal with its reason comes first."""

    code = "no-reopening-proposed"
    fr = "Personne n'a proposé de rouvrir cette période : une proposition motivée vient d'abord."
    nl = "Niemand stelde voor deze periode te heropenen: eerst komt een voorstel met zijn reden."
