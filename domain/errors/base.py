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


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """The rules of the cooperative do not allow this."""

    code: ClassVar[str] = "refused"

    def __init__(self, **facts: object) -> None:
        """Keep the `facts` the sentence rests on; they are shown beside it."""
        self.facts = facts
        super().__init__(self.sentence())

    def about(self, **facts: object) -> Self:
        """Say first what the refusal is about, for who asked for several things at once."""
        self.facts = {**facts, **self.facts}
        self.args = (self.sentence(),)
        return self

    def sentence(self) -> str:
        """Return the sentence with its facts."""
        said = (self.__doc__ or "").strip()
        shown = ", ".join(f"{name}: {value}" for name, value in self.facts.items())
        return f"{said} ({shown})" if shown else said


class Malformed(Refusal):
    """The request cannot be understood."""

    code = "malformed"


class AmountNotPositive(Malformed):
    """The amount must be above zero."""

    code = "amount-not-positive"


class AmountNegative(Malformed):
    """The amount must not be below zero."""

    code = "amount-negative"


class AmountTooLarge(Malformed):
    """The amount is larger than this ledger can hold."""

    code = "amount-too-large"


class NotANumber(Malformed):
    """A quantity or a price is a plain decimal number, such as 12.50."""

    code = "not-a-number"


class InvalidEnterpriseNumber(Malformed):
    """The enterprise number is wrong: its last two digits do not fit the first eight."""

    code = "invalid-enterprise-number"


class InvalidDay(Malformed):
    """A day of this ledger lies between 1900-01-01 and 2999-12-31."""

    code = "invalid-day"


class EmptyText(Malformed):
    """This text must not be empty."""

    code = "empty-text"


class UnreadableText(Malformed):
    """This text holds a character that no document may hold, such as NUL."""

    code = "unreadable-text"


class InvalidParameter(Malformed):
    """This value cannot be that of the parameter."""

    code = "invalid-parameter"


class InvalidRate(Malformed):
    """A rate lies between 0 and 10,000 basis points, and so does the sum of the rates of one rule."""

    code = "invalid-rate"


class NotFound(Refusal):
    """There is no such record."""

    code = "not-found"


class UnknownRecord(NotFound):
    """There is no such record in this ledger."""

    code = "unknown-record"


class AlreadyExists(Refusal):
    """This record exists already."""

    code = "already-exists"


class RuleBroken(Refusal):
    """A rule of the cooperative does not allow this."""

    code = "rule-broken"


class ParameterNotSet(RuleBroken):
    """The entity has no value for this parameter on that day: set it, with its source."""

    code = "parameter-not-set"


class NotRetroactive(RuleBroken):
    """A rule or rate cannot take effect before the day it is decided, or before the one it follows."""

    code = "not-retroactive"


class SecondPersonNeeded(RuleBroken):
    """Money leaves only with two people: whoever proposed it cannot approve it."""

    code = "second-person-needed"


class OtherEntity(RuleBroken):
    """These belong to different legal entities."""

    code = "other-entity"
