"""The refusals about assemblies, motions and votes.

* Malformed
  + InvalidAgenda
  + UnknownChoice
  + InvalidThreshold
* RuleBroken
  + GovernanceRefusal
    - RuleNotInForce
    - RollNotFrozen
    - EmptyRoll
    - PollNotOpen
    - PollStillOpen
    - PollAlreadyCounted
    - MotionAlreadyOpened
    - NotOnTheRoll
    - VoteUnchanged
    - CountDisagrees
    - AssemblyAlreadyOpened
    - AssemblyNotOpen
    - AssemblyOver
    - NotOnTheAgenda
    - AlreadyPresent
    - NotPresent
    - ProxyAlreadyGiven
    - ChainedProxy
    - TooManyProxies
    - NoSuchProxy
    - PollsNotCounted
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class InvalidAgenda(Malformed):
    """An agenda names at least one motion, and each once."""

    code = "invalid-agenda"


class UnknownChoice(Malformed):
    """A vote is yes, no, abstain or blank."""

    code = "unknown-choice"


class InvalidThreshold(Malformed):
    """A quorum or majority is a fraction between 0 and 1 with a positive denominator."""

    code = "invalid-threshold"


class GovernanceRefusal(RuleBroken):
    """The rules of decision do not allow this."""

    code = "governance-refused"


class RuleNotInForce(GovernanceRefusal):
    """This rule is not in force on that day."""

    code = "rule-not-in-force"


class RollNotFrozen(GovernanceRefusal):
    """The roll is not frozen."""

    code = "roll-not-frozen"


class EmptyRoll(GovernanceRefusal):
    """The roll would be empty: there is no effective member on that day."""

    code = "empty-roll"


class PollNotOpen(GovernanceRefusal):
    """The poll is not open: nothing is cast outside its window."""

    code = "poll-not-open"


class PollStillOpen(GovernanceRefusal):
    """The poll is still open: close it before it is counted."""

    code = "poll-still-open"


class PollAlreadyCounted(GovernanceRefusal):
    """The poll was counted already."""

    code = "poll-already-counted"


class MotionAlreadyOpened(GovernanceRefusal):
    """The motion was put to the vote already; its text can no longer change."""

    code = "motion-already-opened"


class NotOnTheRoll(GovernanceRefusal):
    """This person is not on the roll of this poll."""

    code = "not-on-the-roll"


class VoteUnchanged(GovernanceRefusal):
    """This vote stands already; a change would be recorded as such."""

    code = "vote-unchanged"


class CountDisagrees(GovernanceRefusal):
    """The count does not agree with the votes of this poll."""

    code = "count-disagrees"


class AssemblyAlreadyOpened(GovernanceRefusal):
    """The assembly was opened already."""

    code = "assembly-already-opened"


class AssemblyNotOpen(GovernanceRefusal):
    """The assembly is not open."""

    code = "assembly-not-open"


class AssemblyOver(GovernanceRefusal):
    """The assembly is over."""

    code = "assembly-over"


class NotOnTheAgenda(GovernanceRefusal):
    """The assembly decides only what is on its agenda."""

    code = "not-on-the-agenda"


class AlreadyPresent(GovernanceRefusal):
    """This member is present, and votes in person."""

    code = "already-present"


class NotPresent(GovernanceRefusal):
    """Only who is present votes in an assembly, for themselves or by proxy."""

    code = "not-present"


class ProxyAlreadyGiven(GovernanceRefusal):
    """This member gave a proxy already: revoke it first."""

    code = "proxy-already-given"


class ChainedProxy(GovernanceRefusal):
    """A proxy goes to another member, who gave none: there is no proxy of a proxy."""

    code = "chained-proxy"


class TooManyProxies(GovernanceRefusal):
    """This member holds as many proxies as the rule allows."""

    code = "too-many-proxies"


class NoSuchProxy(GovernanceRefusal):
    """There is no such proxy."""

    code = "no-such-proxy"


class PollsNotCounted(GovernanceRefusal):
    """An assembly ends once every poll opened in it is counted."""

    code = "polls-not-counted"
