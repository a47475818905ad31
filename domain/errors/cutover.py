"""The refusals about taking over from old books.

* Malformed
  + OldBooksRefused
    - OldBooksUnreadable
    - OldCodeUnknown
    - OldCodeTwice
    - OldSharesOverlap
    - OldNumberBeyondLast
    - OldItemTooLate
* RuleBroken
  + CutoverRefusal
    - BooksBegunAlready
    - CutoverDayClosed
    - OldBooksDoNotBalance
    - OldItemsDiffer
    - OldAccountWithoutItems
    - OldFundDiffers
    - OldResultsDiffer
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class OldBooksRefused(Malformed):
    """These old books cannot be taken over as they are written."""

    code = "old-books-refused"


class OldBooksUnreadable(OldBooksRefused):
    """This is no file of old books: docs/reference/cutover-format.md says what stands where."""

    code = "old-books-unreadable"


class OldCodeUnknown(OldBooksRefused):
    """The old books speak of a code that they do not explain."""

    code = "old-code-unknown"


class OldCodeTwice(OldBooksRefused):
    """The old books give the same code or number twice."""

    code = "old-code-twice"


class OldSharesOverlap(OldBooksRefused):
    """The old register gives a share of a class to two lines, or a line without shares."""

    code = "old-shares-overlap"


class OldNumberBeyondLast(OldBooksRefused):
    """The old books use a number beyond what they call the last one."""

    code = "old-number-beyond-last"


class OldItemTooLate(OldBooksRefused):
    """What is dated on the first day here, or later, is not of the old books."""

    code = "old-item-too-late"


class CutoverRefusal(RuleBroken):
    """The old books cannot be taken over."""

    code = "cutover-refused"


class BooksBegunAlready(CutoverRefusal):
    """This entity has facts of its own here already: old books are taken over before anything else."""

    code = "books-begun-already"


class CutoverDayClosed(CutoverRefusal):
    """The month of the first day takes no bookings: open it first."""

    code = "cutover-day-closed"


class OldBooksDoNotBalance(CutoverRefusal):
    """The debits of the old trial balance are not its credits."""

    code = "old-books-do-not-balance"


class OldItemsDiffer(CutoverRefusal):
    """The items of the old books do not come to what their account stands at in the trial balance."""

    code = "old-items-differ"


class OldAccountWithoutItems(CutoverRefusal):
    """This account is kept item by item, and such items cannot be taken over: settle it in the old books first."""

    code = "old-account-without-items"


class OldFundDiffers(CutoverRefusal):
    """What the fund has accrued is not what it collected and what open invoices still owe it."""

    code = "old-fund-differs"


class OldResultsDiffer(CutoverRefusal):
    """Activities, funds and the cooperative do not share out the results and reserves of the old books."""

    code = "old-results-differ"
