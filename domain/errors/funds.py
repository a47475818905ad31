"""The refusals about mutual funds, their aid and their guarantees.

* Malformed
  + DecisionUnclear
  + ScheduleDiffers
* RuleBroken
  + FundRefusal
    - BelowFloor
    - AboveCap
    - AidNotDecided
    - AidDecidedAlready
    - AidTurnedDown
    - AidSettled
    - ExceedsRequest
    - MustAbstain
    - DeciderUnnamed
    - MotionDecidesOtherwise
    - ExceedsOutstanding
    - GuaranteeSettled
    - ExceedsGuarantee
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class DecisionUnclear(Malformed):
    """A grant is an amount, a loan is an amount with its instalments, and a refusal is neither."""

    code = "decision-unclear"
    fr = "Un octroi est un montant, un prêt est un montant avec ses échéances, et un refus n'est ni l'un ni l'autre."
    nl = "Een toekenning is een bedrag, een lening is een bedrag met zijn aflossingen, en een weigering is geen van beide."


class ScheduleDiffers(Malformed):
    """The instalments of an advance follow one another by date, none before its decision, and sum to it."""

    code = "schedule-differs"
    fr = "Les échéances d'une avance se suivent par date, aucune avant la décision, et leur somme est l'avance."
    nl = "De aflossingen van een voorschot volgen elkaar op datum, geen enkele vóór de beslissing, en zijn samen het voorschot."


class FundRefusal(RuleBroken):
    """The mutual fund cannot do that."""

    code = "fund-refused"
    fr = "Le fonds mutuel ne peut pas faire cela."
    nl = "Het onderling fonds kan dat niet doen."


class BelowFloor(FundRefusal):
    """The fund would fall below its floor: it gives only what was collected and is not yet set aside."""

    code = "below-floor"
    fr = "Le fonds descendrait sous son plancher : il ne donne que ce qui est encaissé et pas encore réservé."
    nl = "Het fonds zou onder zijn bodem zakken: het geeft alleen wat geïnd is en nog niet opzijgezet."


class AboveCap(FundRefusal):
    """This is more than the fund may give at a time."""

    code = "above-cap"
    fr = "C'est plus que ce que le fonds peut donner en une fois."
    nl = "Dit is meer dan het fonds in één keer mag geven."


class AidNotDecided(FundRefusal):
    """Aid is paid only once it was decided."""

    code = "aid-not-decided"
    fr = "Une aide n'est payée qu'une fois décidée."
    nl = "Steun wordt pas betaald als erover beslist is."


class AidDecidedAlready(FundRefusal):
    """This aid was decided or given up already."""

    code = "aid-decided-already"
    fr = "Cette aide a déjà été décidée ou abandonnée."
    nl = "Over deze steun is al beslist, of er is van afgezien."


class AidTurnedDown(FundRefusal):
    """This aid was refused: it cannot be paid."""

    code = "aid-turned-down"
    fr = "Cette aide a été refusée : elle ne peut pas être payée."
    nl = "Deze steun werd geweigerd: hij kan niet betaald worden."


class AidSettled(FundRefusal):
    """This aid was paid, refused or given up already."""

    code = "aid-settled"
    fr = "Cette aide a déjà été payée, refusée ou abandonnée."
    nl = "Deze steun is al betaald of geweigerd, of er is van afgezien."


class ExceedsRequest(FundRefusal):
    """No more can be decided than was asked for."""

    code = "exceeds-request"
    fr = "On ne peut pas décider plus que ce qui est demandé."
    nl = "Er kan niet meer toegekend worden dan gevraagd is."


class MustAbstain(FundRefusal):
    """Who asked for aid, or runs the activity it helps, takes no part in deciding or paying it."""

    code = "must-abstain"
    fr = "Qui a demandé l'aide, ou mène l'activité aidée, ne prend part ni à la décision ni au paiement."
    nl = "Wie de steun vroeg, of de geholpen activiteit voert, neemt geen deel aan de beslissing of de betaling."


class DeciderUnnamed(FundRefusal):
    """Aid is decided by a motion, or by a committee whose members are named; one of the two."""

    code = "decider-unnamed"
    fr = "Une aide est décidée par une motion, ou par un comité dont les membres sont nommés ; l'un des deux."
    nl = "Over steun beslist een motie, of een comité waarvan de leden genoemd zijn; een van beide."


class MotionDecidesOtherwise(FundRefusal):
    """The motion does not say that: aid is given by an adopted motion, and refused by a rejected one."""

    code = "motion-decides-otherwise"
    fr = "La motion ne dit pas cela : une motion adoptée accorde l'aide, une motion rejetée la refuse."
    nl = "De motie zegt dat niet: een aangenomen motie kent steun toe, een verworpen motie weigert hem."


class ExceedsOutstanding(FundRefusal):
    """This is more than is still to come back to the fund."""

    code = "exceeds-outstanding"
    fr = "C'est plus que ce qui doit encore revenir au fonds."
    nl = "Dit is meer dan wat nog naar het fonds moet terugkomen."


class GuaranteeSettled(FundRefusal):
    """This guarantee was called or released already."""

    code = "guarantee-settled"
    fr = "Cette garantie a déjà été appelée ou libérée."
    nl = "Deze waarborg is al opgevraagd of vrijgegeven."


class ExceedsGuarantee(FundRefusal):
    """This is more than the fund guarantees."""

    code = "exceeds-guarantee"
    fr = "C'est plus que ce que le fonds garantit."
    nl = "Dit is meer dan het fonds waarborgt."
