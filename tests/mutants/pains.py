"""Leaves out the rule behind each test of a pain, and runs that test alone: it must fail each time.

`python -m tests.mutants.pains` prints what became of each as JSON, pair by pair.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

from tests.mutants.changes import Mutants
from tests.mutants.session import Collected, collect
from tests.mutants.trials import Warm

ROOT = Path(__file__).parents[2]
PAINS = "tests/domain/test_pains.py"
CPU_S = 60.0


class Rule(NamedTuple):
    """A rule by the place and the beginning of the change that takes it away, and the test that holds it."""

    module: str
    function: str
    change: str
    test: str


RULES = (
    Rule(
        "domain/ledger/periods.py",
        "booking_date",
        "not (_is_open",
        "test_no_door_at_the_back_leads_into_a_closed_month",
    ),
    Rule(
        "domain/ledger/manual_entries.py",
        "post_entry",
        "not (soft_closed)",
        "test_no_door_at_the_back_leads_into_a_closed_month",
    ),
    Rule(
        "domain/aggregates/period.py",
        "Period.authorise_late_entry",
        "without raise PeriodNotClosing",
        "test_a_closed_month_itself_takes_nothing_whoever_asks_it",
    ),
    Rule(
        "domain/aggregates/period.py",
        "Period.Reopened.apply",
        "without period.state",
        "test_a_month_that_is_reopened_takes_bookings_again",
    ),
    Rule(
        "domain/ledger/periods.py",
        "reopen_period",
        "without books.get(LegalEntity",
        "test_a_month_that_is_reopened_takes_bookings_again",
    ),
    Rule(
        "domain/aggregates/period.py",
        "Period.authorise_late_entry",
        "without self.note(self.LateEntryAuthorised",
        "test_a_month_that_is_only_stopped_takes_an_entry_of_the_accountant_and_says_so",
    ),
    Rule(
        "domain/aggregates/activity.py",
        "Activity.CostPosted.apply",
        "without activity.result_c",
        "test_every_figure_of_an_activity_is_the_sum_of_its_own_facts",
    ),
    Rule(
        "domain/aggregates/activity.py",
        "Activity.CostPosted.apply",
        "without activity.committed_c",
        "test_every_figure_of_an_activity_is_the_sum_of_its_own_facts",
    ),
    Rule(
        "domain/aggregates/legal_entity.py",
        "LegalEntity.adopt_posting_rules",
        "without raise NotRetroactive",
        "test_rules_of_another_era_leave_what_is_booked_as_it_was",
    ),
    Rule(
        "domain/ledger/periods.py",
        "booking_date",
        "not (_is_open",
        "test_a_fact_bears_the_day_it_happened_and_the_day_it_is_booked_apart",
    ),
    Rule(
        "domain/aggregates/activity.py",
        "Activity.commit",
        "without raise OverAvailable",
        "test_what_has_no_fact_yet_has_nothing_and_that_is_a_figure",
    ),
    Rule(
        "domain/aggregates/activity.py",
        "Activity.Committed.apply",
        "without activity.committed_c",
        "test_what_is_promised_and_not_yet_paid_is_not_available_twice",
    ),
    Rule(
        "domain/activity_life.py",
        "ActivityLife.require_promising",
        "without self._refuse",
        "test_an_activity_opened_by_mistake_is_closed_and_takes_nothing_more",
    ),
    Rule(
        "domain/aggregates/bank_account.py",
        "BankAccount.knows",
        "without raise StatementContradicts",
        "test_what_a_bank_or_a_member_sends_twice_counts_once",
    ),
    Rule(
        "domain/aggregates/claimed_receipt.py",
        "ClaimedReceipt.claim_again",
        "without raise ReceiptClaimedAlready",
        "test_what_a_bank_or_a_member_sends_twice_counts_once",
    ),
)


def main() -> int:
    """Print what became of each rule that was left out, and return 0."""
    found: list[dict[str, object]] = []

    def without_each(collected: Collected) -> None:
        living = Warm(collected, ROOT)
        for rule in RULES:
            read = Mutants(rule.module, (ROOT / rule.module).read_text(encoding="utf-8"))
            mutant = next(m for m in read if m.function == rule.function and m.what.startswith(rule.change))
            tests = [name for name in collected.names if name.startswith(f"{PAINS}::{rule.test}")]
            outcome = living.outcome(mutant, read.tree, tests, CPU_S)
            found.append({**rule._asdict(), "outcome": outcome.outcome, "by": outcome.by})

    collect([PAINS], without_each)
    sys.stdout.write(f"\n{json.dumps(found)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
