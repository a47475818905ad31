"""The refusals about who is a member.

* RuleBroken
  + MembershipRefusal
    - AlreadyAMember
    - NotAnApplicant
    - NotAMember
    - AlreadyResigned
    - ResignationNotYetEffective
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
