"""What stands at the end of a case, and how a case is played once more on the real ledger."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from domain.bookkeeping.rules_v1 import book
from domain.errors import Refusal
from tests.cooperative import ENTITY
from tests.paper import PaperLedger
from tests.real_ledger import RealLedger


def stands(ledger: PaperLedger, entity_id: UUID = ENTITY) -> dict[str, int]:
    """Every account of an entity that is not nil, debits less credits, in cents."""
    return {account: cents for (of, account), cents in everything(ledger).items() if of == entity_id}


def everything(ledger: PaperLedger) -> dict[tuple[UUID, str], int]:
    """Every account of every entity that is not nil."""
    sums: Counter[tuple[UUID, str]] = Counter()
    for fact in ledger.facts:
        entry = book(fact)
        for line in entry.lines if entry is not None else ():
            assert entry is not None
            sums[entry.entity_id, line.account] += line.debit_c - line.credit_c
    return {key: cents for key, cents in sums.items() if cents}


def tagged(ledger: PaperLedger, account: str) -> dict[UUID | None, int]:
    """What stands on an account by activity; None is the cooperative itself."""
    sums: Counter[UUID | None] = Counter()
    for fact in ledger.facts:
        entry = book(fact)
        for line in entry.lines if entry is not None else ():
            if line.account == account:
                sums[line.activity_id] += line.debit_c - line.credit_c
    return {activity: cents for activity, cents in sums.items() if cents}


def played_again(ledger: PaperLedger, real: RealLedger) -> None:
    """Ask the real ledger all that was asked on paper: it answers and refuses the same, and stands the same."""
    for use_case, told, refusal in ledger.asked:
        refused: type[Refusal] | None = None
        try:
            real.perform(use_case, **told)
        except Refusal as answer:
            refused = type(answer)
        assert refused is refusal, (use_case, told)
    # Within one command the log has them in the order they were recorded, the paper stream by stream.
    assert Counter(map(type, real.facts_after(0))) == Counter(map(type, ledger.facts))
    assert real.caught_up() == len(ledger.facts)
    shown = real.trial_balance()
    books = {(row.entity_id, row.account): row.debit_c - row.credit_c for row in shown.rows}
    assert {key: cents for key, cents in books.items() if cents} == everything(ledger)
    assert shown.total_debit_c == shown.total_credit_c
