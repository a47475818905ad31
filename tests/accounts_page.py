"""The page of the accounts and of the VAT grids; `python -m tests.accounts_page` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from domain.bookkeeping.account_names import names_in
from domain.bookkeeping.chart import CONTROLLED
from domain.bookkeeping.vat_grids import DEDUCTIBLE, DUE, NAMES, TO_PAY, TO_RECOVER
from domain.errors import LANGUAGES
from tests.parameters_page import table

PAGE = Path(__file__).parents[1] / "docs/reference/accounts.md"
HEAD = """# Accounts and VAT grids

The accounts that entries are made on, by the codes of the Belgian minimum chart of accounts (PCMN, MAR;
Royal Decree of 21 October 2018) ◇; 4890 to 4895, 4998 and 6190 to 6192 are sub-accounts of our own. An
entity may map each to a code of its own, from a day on. Where **no** stands under *by hand*, facts of
their own keep the account in step with a register or a list of open items, and an accountant's entry on
it is refused. An accountant must confirm the treatment before it is used.

This page is written from the chart itself (`domain/bookkeeping/chart.py`), and a test says that it is
current.
"""
GRIDS = """
## Grids of the VAT return

The numbers are those of the periodical return (form 625) ◇. Those without a name are used by no fact yet.
"""


def page() -> str:
    """The page as it must stand."""
    parts = (
        HEAD,
        *table(("Account", "English", "Français", "Nederlands", "By hand"), _accounts()),
        GRIDS,
        *table(("Grid", "English", "Français", "Nederlands", "VAT is"), _grids()),
    )
    return "\n".join(parts) + "\n"


def _accounts() -> Iterator[tuple[str, ...]]:
    names = [names_in(lang) for lang in LANGUAGES]
    for account in sorted(set().union(*names)):
        yield account, *(each[account] for each in names), "no" if account in CONTROLLED else ""


def _grids() -> Iterator[tuple[str, ...]]:
    kinds = dict.fromkeys(DUE, "owed") | dict.fromkeys(DEDUCTIBLE, "coming back")
    kinds |= {TO_PAY: "to pay", TO_RECOVER: "to recover"}
    for grid in sorted({*NAMES, *kinds}):
        yield grid, *NAMES.get(grid, ("", "", "")), kinds.get(grid, "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
