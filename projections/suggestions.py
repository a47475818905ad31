"""Which open invoices a receipt may be meant for, each with its reason.

An amount, a name or a reference that is nearly right may suggest a match; people decide. Only the
exact structured reference may allocate by itself, and that is not done here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

from domain.personal import ERASED
from projections.bank_lines import LineOfBank, bank_line
from projections.reader import Reader
from projections.receivables import Receivable, open_receivables

SIMILAR = 0.8
"""How alike two names must be: 1 is the same letters in the same order."""
SHORTEST_NAME = 4
_DIGITS_OF_REFERENCE = 12
_WRITTEN = re.compile(r"[0-9][0-9/ .+*-]{8,20}[0-9]")
_LEGAL_FORMS = re.compile(r"\b(?:asbl|vzw|sa|nv|srl|bv|sc|cv|sprl|bvba|scrl|cvba|aisbl|snc|vof)\b")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


class Reason(StrEnum):
    """Why an invoice is suggested, the strongest first."""

    REFERENCE = "reference"
    NEAR_REFERENCE = "near-reference"
    SAME_AMOUNT = "same-amount"
    SIMILAR_NAME = "similar-name"


@dataclass(frozen=True)
class Suggestion:
    """An open invoice that a receipt may be meant for, and why; `amount_c` is what it could settle."""

    invoice: Receivable
    reasons: tuple[Reason, ...]
    amount_c: int


def suggestions_for(reader: Reader, line_id: UUID) -> list[Suggestion]:
    """Return the open invoices of its entity a receipt may be meant for, the likeliest first.

    Empty for money out, a line that is fully allocated, or one that is not known.
    """
    line = bank_line(reader, line_id)
    if line is None or line.left_c <= 0:
        return []
    return suggest(line, open_receivables(reader, entity_id=line.entity_id))


def suggest(line: LineOfBank, candidates: list[Receivable]) -> list[Suggestion]:
    """Return which of these open invoices the line may be meant for, the likeliest first."""
    nearly = _nearly_references(line.remittance)
    payer = _plain(line.counterparty_name)
    found = [
        Suggestion(invoice, reasons, min(line.left_c, invoice.open_c))
        for invoice in candidates
        if (reasons := _reasons(line, invoice, nearly, payer))
    ]
    strength = list(Reason)
    return sorted(
        found,
        key=lambda each: (
            strength.index(each.reasons[0]),
            -len(each.reasons),
            each.invoice.due_on,
            each.invoice.invoice_no,
        ),
    )


def _reasons(line: LineOfBank, invoice: Receivable, nearly: set[str], payer: str) -> tuple[Reason, ...]:
    holds = {
        Reason.REFERENCE: invoice.reference in line.references,
        Reason.NEAR_REFERENCE: any(_nearly(written, invoice.reference) for written in nearly),
        Reason.SAME_AMOUNT: invoice.open_c == line.left_c,
        Reason.SIMILAR_NAME: _alike(payer, _plain(invoice.buyer)),
    }
    return tuple(reason for reason, is_so in holds.items() if is_so)


def _nearly_references(remittance: str) -> set[str]:
    """Return the numbers in free text that are about as long as a reference."""
    numbers = {re.sub(r"[^0-9]", "", written) for written in _WRITTEN.findall(remittance)}
    return {number for number in numbers if abs(len(number) - _DIGITS_OF_REFERENCE) <= 1}


def _nearly(written: str, reference: str) -> bool:
    """Tell whether one slip separates them: a digit wrong, missing, too many, or two swapped."""
    if written == reference:
        return False
    if len(written) == len(reference):
        differ = [place for place in range(len(reference)) if written[place] != reference[place]]
        if len(differ) == 1:
            return True
        first, last = differ[0], differ[-1]
        swapped = (written[last], written[first]) == (reference[first], reference[last])
        return len(differ) == last - first + 1 == 2 and swapped  # noqa: PLR2004 - two neighbours
    longer, shorter = sorted((written, reference), key=len, reverse=True)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def _plain(name: str) -> str:
    """Return a name without case, accents, legal form and punctuation; nothing if it was erased."""
    if name == ERASED:
        return ""
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = _NOT_A_WORD.sub(" ", bare.replace(".", ""))
    return " ".join(_LEGAL_FORMS.sub(" ", words).split())


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < SHORTEST_NAME:
        return False
    match = SequenceMatcher(None, " ".join(sorted(one.split())), " ".join(sorted(other.split())))
    return match.real_quick_ratio() >= SIMILAR and match.quick_ratio() >= SIMILAR and match.ratio() >= SIMILAR
