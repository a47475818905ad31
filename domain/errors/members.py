"""The refusals about who is a member.

* RuleBroken
  + MembershipRefusal
    - AlreadyAMember
    - NotAnApplicant
    - NotAMember
    - AlreadyResigned
    - CareerStageEarlier
    - ResignationNotYetEffective
    - TooFewMembersLeft
    - StillAlive
    - MergedAway
    - NotMerged
    - NotTheSamePerson
    - VoteGoesOn
  + ExclusionRefusal
    - ExclusionOver
    - ObservationsAwaited
    - HearingAwaited
    - DecisionNotAdopted
    - NotExcluded
  + DisputeRefusal
    - DisputeOver
    - DisputeWithAnother
"""

from __future__ import annotations

from domain.errors.base import RuleBroken


class MembershipRefusal(RuleBroken):
    """This membership cannot do that."""

    code = "membership-refused"
    fr = "Ce membre ne le peut pas."
    nl = "Dit lidmaatschap staat dit niet toe."


class AlreadyAMember(MembershipRefusal):
    """This person has a membership of this entity already."""

    code = "already-a-member"
    fr = "Cette personne a déjà la qualité de membre de cette entité."
    nl = "Deze persoon heeft al een lidmaatschap van deze entiteit."


class NotAnApplicant(MembershipRefusal):
    """Only an applicant can be admitted, once."""

    code = "not-an-applicant"
    fr = "Seul un candidat peut être admis, une fois."
    nl = "Alleen een kandidaat kan toegelaten worden, één keer."


class NotAMember(MembershipRefusal):
    """Only an effective member can do that."""

    code = "not-a-member"
    fr = "Seul un membre effectif le peut."
    nl = "Alleen een werkend lid kan dat."


class AlreadyResigned(MembershipRefusal):
    """The resignation was notified already."""

    code = "already-resigned"
    fr = "La démission a déjà été notifiée."
    nl = "De uittreding is al ter kennis gebracht."


class CareerStageEarlier(MembershipRefusal):
    """The stages of a career are entered in the order of their days."""

    code = "career-stage-earlier"
    fr = "Les étapes d'un parcours se suivent dans l'ordre de leurs dates."
    nl = "De stappen van een traject volgen elkaar op in de orde van hun dagen."


class ResignationNotYetEffective(MembershipRefusal):
    """The resignation takes effect only on its statutory day."""

    code = "resignation-not-yet-effective"
    fr = "La démission ne prend effet qu'à son jour statutaire."
    nl = "De uittreding gaat pas in op haar statutaire dag."


class TooFewMembersLeft(MembershipRefusal):
    """The cooperative would have fewer members than it must: let another one join first."""

    code = "too-few-members-left"
    fr = "La coopérative aurait moins de membres qu'il ne lui en faut : faites d'abord entrer quelqu'un d'autre."
    nl = "De coöperatie zou minder leden hebben dan ze moet hebben: laat eerst iemand anders toetreden."


class StillAlive(MembershipRefusal):
    """Heirs are represented only once the member's death is recorded."""

    code = "still-alive"
    fr = "Des héritiers ne sont représentés qu'une fois le décès du membre enregistré."
    nl = "Erfgenamen worden pas vertegenwoordigd als het overlijden van het lid vastgelegd is."


class MergedAway(MembershipRefusal):
    """This membership was merged into another one of the same person: use that one."""

    code = "merged-away"
    fr = "Cette qualité de membre a été fusionnée dans une autre de la même personne : utilisez celle-là."
    nl = "Dit lidmaatschap werd samengevoegd met een ander van dezelfde persoon: gebruik dat."


class NotMerged(MembershipRefusal):
    """This membership is not merged into another one."""

    code = "not-merged"
    fr = "Cette qualité de membre n'est pas fusionnée dans une autre."
    nl = "Dit lidmaatschap is niet met een ander samengevoegd."


class NotTheSamePerson(MembershipRefusal):
    """A membership is merged only into another one, which is merged into none and stands for none yet."""

    code = "not-the-same-person"
    fr = "Une qualité de membre ne se fusionne que dans une autre, qui n'est fusionnée dans aucune et n'en représente aucune."
    nl = "Een lidmaatschap wordt alleen samengevoegd met een ander, dat zelf niet samengevoegd is en nog voor geen ander staat."


class VoteGoesOn(MembershipRefusal):
    """Both memberships hold votes on a roll that is in use: merge them once that vote is over."""

    code = "vote-goes-on"
    fr = "Les deux qualités de membre ont des voix sur une liste en usage : fusionnez-les une fois ce vote terminé."
    nl = "Beide lidmaatschappen hebben stemmen op een kiezerslijst in gebruik: voeg ze samen als die stemming voorbij is."


class ExclusionRefusal(RuleBroken):
    """This exclusion cannot go on so."""

    code = "exclusion-refused"
    fr = "Cette exclusion ne peut pas se poursuivre ainsi."
    nl = "Deze uitsluiting kan zo niet verdergaan."


class ExclusionOver(ExclusionRefusal):
    """The exclusion was decided or dropped already."""

    code = "exclusion-over"
    fr = "L'exclusion a déjà été décidée ou abandonnée."
    nl = "Over de uitsluiting is al beslist, of er is van afgezien."


class ObservationsAwaited(ExclusionRefusal):
    """The member has time to answer before an exclusion is decided."""

    code = "observations-awaited"
    fr = "Le membre a le temps de répondre avant qu'une exclusion soit décidée."
    nl = "Het lid heeft tijd om te antwoorden voordat over een uitsluiting beslist wordt."


class HearingAwaited(ExclusionRefusal):
    """The member asked to be heard before the exclusion is decided."""

    code = "hearing-awaited"
    fr = "Le membre a demandé à être entendu avant que l'exclusion soit décidée."
    nl = "Het lid vroeg gehoord te worden voordat over de uitsluiting beslist wordt."


class DecisionNotAdopted(ExclusionRefusal):
    """The members exclude by a motion of this entity that they adopted."""

    code = "decision-not-adopted"
    fr = "Les membres excluent par une motion de cette entité qu'ils ont adoptée."
    nl = "De leden sluiten uit door een motie van deze entiteit die zij aangenomen hebben."


class NotExcluded(ExclusionRefusal):
    """Only a decided exclusion is notified, once."""

    code = "not-excluded"
    fr = "Seule une exclusion décidée est notifiée, une fois."
    nl = "Alleen van een besliste uitsluiting wordt kennis gegeven, één keer."


class DisputeRefusal(RuleBroken):
    """This dispute cannot go on so."""

    code = "dispute-refused"
    fr = "Cette contestation ne peut pas se poursuivre ainsi."
    nl = "Deze betwisting kan zo niet verdergaan."


class DisputeOver(DisputeRefusal):
    """The dispute is settled."""

    code = "dispute-over"
    fr = "La contestation est réglée."
    nl = "De betwisting is beëindigd."


class DisputeWithAnother(DisputeRefusal):
    """The dispute is with another member than the one who is owed this."""

    code = "dispute-with-another"
    fr = "La contestation concerne un autre membre que celui à qui ceci est dû."
    nl = "De betwisting loopt met een ander lid dan wie dit verschuldigd is."
