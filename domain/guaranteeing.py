"""By which terms a mutual fund guarantees invoices: dated, on the fund's own stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import EmptyText, NotRetroactive
from domain.facts import FIRST_DAY, Ledgered


@dataclass(frozen=True)
class GuaranteeTerms:
    """From that day on: whether the client order must be confirmed before, and whose invoices are excluded."""

    valid_from: date
    needs_order: bool
    excluded_client_ids: tuple[UUID, ...]

    def require_after(self, known: Sequence[GuaranteeTerms], *, today: date, decision_ref: str) -> None:
        """Refuse terms that reach back, or that nobody decided; raises NotRetroactive, EmptyText."""
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        if self.valid_from < today or (known and self.valid_from <= known[-1].valid_from):
            raise NotRetroactive(valid_from=self.valid_from)


class TermsOfGuarantees(Ledgered.Event):
    """From that day on, by that decision, the fund guarantees by other terms."""

    valid_from: date
    needs_order: bool
    excluded_client_ids: tuple[UUID, ...]
    decision_ref: str

    def apply(self, fund: Any) -> None:
        """Put the terms after those they follow."""
        terms = GuaranteeTerms(self.valid_from, self.needs_order, self.excluded_client_ids)
        fund.guarantee_terms = (*fund.guarantee_terms, terms)


def terms_on(known: Sequence[GuaranteeTerms], on: date) -> GuaranteeTerms:
    """Return the terms in force on a day; before the first that were set, nothing is asked."""
    in_force = (terms for terms in reversed(known) if terms.valid_from <= on)
    return next(in_force, GuaranteeTerms(FIRST_DAY, needs_order=False, excluded_client_ids=()))
