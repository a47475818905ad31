"""The refusals about shares, and what is distributed for them.

* Malformed
  + QuantityNotPositive
* RuleBroken
  + ShareRefusal
    - ExceedsSubscription
    - NotPaidYet
    - ContributionAllotted
    - PayerNotThePerson
    - ExceedsHolding
    - SharesStayWhereTheyAre
    - SharesNotEnded
    - NoApprovedAccounts
  + DistributionRefusal
    - ExceedsWithdrawal
    - AmountIsBlocked
    - NoRepresentative
    - NoDistributionTest
    - PaymentSuspended
    - WithdrawalsWait
    - OverDistributable
    - OverDividendCap
    - DividendNotAsVoted
    - DividendDayAhead
    - HoldersUnclear
    - DividendNotAppropriated
    - DividendSharedOut
    - PatronageNotAsVoted
    - PatronageNotAppropriated
    - PatronageSharedOut
    - NothingContributed
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class QuantityNotPositive(Malformed):
    """A number of shares is a whole number above zero."""

    code = "quantity-not-positive"
    fr = "Un nombre d'actions est un nombre entier supérieur à zéro."
    nl = "Een aantal aandelen is een geheel getal boven nul."


class ShareRefusal(RuleBroken):
    """The share account does not allow this."""

    code = "share-refused"
    fr = "Le compte d'actions ne le permet pas."
    nl = "De aandelenrekening staat dit niet toe."


class ExceedsSubscription(ShareRefusal):
    """This is more than is left of the shares subscribed to."""

    code = "exceeds-subscription"
    fr = "C'est plus que ce qui reste des actions souscrites."
    nl = "Dit is meer dan er van de ingeschreven aandelen overblijft."


class NotPaidYet(ShareRefusal):
    """Shares are allotted only once they are paid."""

    code = "not-paid-yet"
    fr = "Les actions ne sont attribuées qu'une fois payées."
    nl = "Aandelen worden pas toegekend als ze betaald zijn."


class ContributionAllotted(ShareRefusal):
    """Shares were allotted for this payment: only what waits for its shares is taken back."""

    code = "contribution-allotted"
    fr = "Des actions ont été attribuées pour ce paiement : seul ce qui attend ses actions est repris."
    nl = "Voor deze betaling zijn aandelen toegekend: enkel wat op aandelen wacht, wordt teruggenomen."


class PayerNotThePerson(ShareRefusal):
    """A share is paid by the person who holds it, never by another or from the budget of an activity."""

    code = "payer-not-the-person"
    fr = "Une action est payée par la personne qui la détient, jamais par une autre ni par le budget d'une activité."
    nl = "Een aandeel wordt betaald door de persoon die het houdt, nooit door een ander of uit het budget van een activiteit."


class ExceedsHolding(ShareRefusal):
    """This is more than the shares that are held."""

    code = "exceeds-holding"
    fr = "C'est plus que les actions détenues."
    nl = "Dit is meer dan de aandelen die gehouden worden."


class SharesStayWhereTheyAre(ShareRefusal):
    """Shares are transferred to another member, and converted into another class."""

    code = "shares-stay-where-they-are"
    fr = "Les actions se cèdent à un autre membre et se convertissent en une autre catégorie."
    nl = "Aandelen worden overgedragen aan een ander lid, en omgezet in een andere soort."


class SharesNotEnded(ShareRefusal):
    """A withdrawal share is determined once the shares ended with the membership."""

    code = "shares-not-ended"
    fr = "Une part de retrait se fixe quand les actions ont pris fin avec la qualité de membre."
    nl = "Een scheidingsaandeel wordt bepaald als de aandelen met het lidmaatschap geëindigd zijn."


class NoApprovedAccounts(ShareRefusal):
    """A withdrawal share is measured by approved annual accounts: none are approved yet."""

    code = "no-approved-accounts"
    fr = "Une part de retrait se mesure aux comptes annuels approuvés : aucuns ne le sont encore."
    nl = "Een scheidingsaandeel wordt gemeten aan goedgekeurde jaarrekeningen: er is er nog geen."


class DistributionRefusal(RuleBroken):
    """This cannot be distributed."""

    code = "distribution-refused"
    fr = "Ceci ne peut pas être distribué."
    nl = "Dit kan niet uitgekeerd worden."


class ExceedsWithdrawal(DistributionRefusal):
    """This is more than is open of the withdrawal share."""

    code = "exceeds-withdrawal"
    fr = "C'est plus que ce qui reste ouvert de la part de retrait."
    nl = "Dit is meer dan er van het scheidingsaandeel openstaat."


class AmountIsBlocked(DistributionRefusal):
    """This amount is blocked by a dispute: it is paid once that is settled."""

    code = "amount-is-blocked"
    fr = "Ce montant est bloqué par une contestation : il est payé une fois celle-ci réglée."
    nl = "Dit bedrag is geblokkeerd door een betwisting: het wordt betaald als die beëindigd is."


class NoRepresentative(DistributionRefusal):
    """The member died: name who represents the heirs before anything is paid."""

    code = "no-representative"
    fr = "Le membre est décédé : nommez qui représente les héritiers avant tout paiement."
    nl = "Het lid is overleden: noem wie de erfgenamen vertegenwoordigt voordat er iets betaald wordt."


class NoDistributionTest(DistributionRefusal):
    """The board makes both tests of distributions before payment: record them, with their figures."""

    code = "no-distribution-test"
    fr = "L'organe d'administration fait les deux tests de distribution avant le paiement : enregistrez-les, avec leurs chiffres."
    nl = "Het bestuursorgaan doet beide uitkeringstesten vóór de betaling: leg ze vast, met hun cijfers."


class PaymentSuspended(DistributionRefusal):
    """The tests of distributions do not leave this much, once all who wait longer are paid."""

    code = "payment-suspended"
    fr = "Les tests de distribution ne laissent pas autant, une fois payés tous ceux qui attendent depuis plus longtemps."
    nl = "De uitkeringstesten laten niet zoveel over, als eerst betaald is wie langer wacht."


class WithdrawalsWait(DistributionRefusal):
    """Withdrawal shares that wait are paid before any other distribution."""

    code = "withdrawals-wait"
    fr = "Les parts de retrait en attente sont payées avant toute autre distribution."
    nl = "Wachtende scheidingsaandelen worden betaald vóór elke andere uitkering."


class OverDistributable(DistributionRefusal):
    """The tests of distributions do not leave this much."""

    code = "over-distributable"
    fr = "Les tests de distribution ne laissent pas autant."
    nl = "De uitkeringstesten laten niet zoveel over."


class OverDividendCap(DistributionRefusal):
    """An approved cooperative gives its shares no more than the cap, after tax is withheld."""

    code = "over-dividend-cap"
    fr = "Une coopérative agréée ne donne pas à ses actions plus que le plafond, après retenue de l'impôt."
    nl = (
        "Een erkende coöperatie geeft haar aandelen niet meer dan het plafond, na inhouding van de belasting."
    )


class DividendNotAsVoted(DistributionRefusal):
    """The dividend of an appropriation is the one the assembly voted, and no year has appropriated yet."""

    code = "dividend-not-as-voted"
    fr = "Le dividende de l'affectation est celui que l'assemblée a voté et qu'aucun exercice n'a encore affecté."
    nl = "Het dividend van de verwerking is dat van de vergadering, dat nog geen boekjaar verwerkte."


class DividendDayAhead(DistributionRefusal):
    """A dividend is given for the shares held on the day of its decision, or on a day before it."""

    code = "dividend-day-ahead"
    fr = "Un dividende est donné pour les actions détenues au jour de sa décision, ou à un jour antérieur."
    nl = "Een dividend wordt gegeven voor de aandelen op de dag van de beslissing, of op een dag ervoor."


class HoldersUnclear(DistributionRefusal):
    """On this day the register has shares given by who did not hold them yet: name another day."""

    code = "holders-unclear"
    fr = "À ce jour, le registre a des actions cédées par qui ne les détenait pas encore : donnez un autre jour."
    nl = (
        "Op die dag heeft het register aandelen overgedragen door wie ze nog niet hield: noem een andere dag."
    )


class DividendNotAppropriated(DistributionRefusal):
    """A dividend is owed to its holders once the result of a year is appropriated with it."""

    code = "dividend-not-appropriated"
    fr = "Un dividende est dû à ses actionnaires une fois que le résultat d'un exercice est affecté avec lui."
    nl = "Een dividend is aan zijn aandeelhouders verschuldigd als het resultaat van een boekjaar ermee verwerkt is."


class DividendSharedOut(DistributionRefusal):
    """Every holder of this dividend is named already."""

    code = "dividend-shared-out"
    fr = "Tous les actionnaires de ce dividende sont déjà désignés."
    nl = "Alle aandeelhouders van dit dividend zijn al genoemd."


class PatronageNotAsVoted(DistributionRefusal):
    """The patronage refund of an appropriation is what the assembly voted, and no year has appropriated yet."""

    code = "patronage-not-as-voted"
    fr = "La ristourne de l'affectation est celle que l'assemblée a votée et qu'aucun exercice n'a encore affectée."
    nl = "Het ristorno van de verwerking is dat van de vergadering, dat nog geen boekjaar verwerkte."


class PatronageNotAppropriated(DistributionRefusal):
    """A patronage refund is owed to the activities once the result of a year is appropriated with it."""

    code = "patronage-not-appropriated"
    fr = "Une ristourne est due aux activités une fois que le résultat d'un exercice est affecté avec elle."
    nl = "Een ristorno is aan de activiteiten verschuldigd als het resultaat van een boekjaar ermee verwerkt is."


class PatronageSharedOut(DistributionRefusal):
    """Every activity was given its part of this patronage refund already."""

    code = "patronage-shared-out"
    fr = "Toutes les activités ont déjà reçu leur part de cette ristourne."
    nl = "Alle activiteiten hebben hun deel van dit ristorno al gekregen."


class NothingContributed(DistributionRefusal):
    """No activity that goes on contributed in this year: a patronage refund has nobody to go to."""

    code = "nothing-contributed"
    fr = "Aucune activité encore en cours n'a contribué cet exercice : une ristourne n'a pas de destinataire."
    nl = "Geen activiteit die nog loopt droeg dit boekjaar bij: een ristorno heeft geen bestemmeling."
