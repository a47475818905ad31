"""The refusals about who is a member.

* RuleBroken
  + MembershipRefusal
    - AlreadyAMember
    - NotAnApplicant
    - NotAMember
    - AlreadyResigned
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


class AlreadyAMember(MembershipRefusal):
    """This person has a membership of this entity already."""

    code = "already-a-member"


class NotAnApplicant(MembershipRefusal):
    """Only an applicant can be admitted, once."""

    code = "not-an-applicant"


class NotAMember(MembershipRefusal):
    """Only an effective member can do that."""

    code = "not-a-member"


class AlreadyResigned(MembershipRefusal):
    """The resignation was notified already."""

    code = "already-resigned"


class ResignationNotYetEffective(MembershipRefusal):
    """The resignation takes effect only on its statutory day."""

    code = "resignation-not-yet-effective"


class TooFewMembersLeft(MembershipRefusal):
    """The cooperative would have fewer members than it must: let another one join first."""

    code = "too-few-members-left"


class StillAlive(MembershipRefusal):
    """Heirs are represented only once the member's death is recorded."""

    code = "still-alive"


class MergedAway(MembershipRefusal):
    """This membership was merged into another one of the same person: use that one."""

    code = "merged-away"


class NotMerged(MembershipRefusal):
    """This membership is not merged into another one."""

    code = "not-merged"


class NotTheSamePerson(MembershipRefusal):
    """A membership is merged only into another one, which is merged into none and stands for none yet."""

    code = "not-the-same-person"


class VoteGoesOn(MembershipRefusal):
    """Both memberships hold votes on a roll that is in use: merge them once that vote is over."""

    code = "vote-goes-on"


class ExclusionRefusal(RuleBroken):
    """This exclusion cannot go on so."""

    code = "exclusion-refused"


class ExclusionOver(ExclusionRefusal):
    """The exclusion was decided or dropped already."""

    code = "exclusion-over"


class ObservationsAwaited(ExclusionRefusal):
    """The member has time to answer before an exclusion is decided."""

    code = "observations-awaited"


class HearingAwaited(ExclusionRefusal):
    """The member asked to be heard before the exclusion is decided."""

    code = "hearing-awaited"


class DecisionNotAdopted(ExclusionRefusal):
    """The members exclude by a motion of this entity that they adopted."""

    code = "decision-not-adopted"


class NotExcluded(ExclusionRefusal):
    """Only a decided exclusion is notified, once."""

    code = "not-excluded"


class DisputeRefusal(RuleBroken):
    """This dispute cannot go on so."""

    code = "dispute-refused"


class DisputeOver(DisputeRefusal):
    """The dispute is settled."""

    code = "dispute-over"


class DisputeWithAnother(DisputeRefusal):
    """The dispute is with another member than the one who is owed this."""

    code = "dispute-with-another"
