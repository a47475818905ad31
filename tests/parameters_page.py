"""The page of the parameters; `python -m tests.parameters_page` writes it anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from domain.contributions import Terms
from domain.ledger.contribution_presets import CONTRIBUTION_PRESETS
from domain.ledger.presets import BELGIAN_COOPERATIVE

PAGE = Path(__file__).parents[1] / "docs/reference/parameters.md"
HEAD = """# Parameters

What a Belgian entity starts with. Every rate, threshold, deadline and limit is a dated parameter: a fact
with its source, which a later fact may change from a day on, never backwards. A source marked ◇ was not
read in its primary text: an accountant or lawyer must confirm it before it is relied on.

Names that end in `-bp` are hundredths of a percent, those in `-c` cents. This page is written from the
presets themselves (`domain/ledger/presets.py`, `domain/ledger/late_presets.py`), and a test says that it
is current.
"""
CONTRIBUTIONS = """
## Contributions as cooperatives are known to have them

None is in force by itself: an assembly decides its own, with or without one of these.
"""


def page() -> str:
    """The page as it must stand."""
    names = ("Parameter", "At first", "Source")
    presets = ("Preset", "Country", "Base", "Rate", "A month", "What the contract calls it", "Source")
    parts = (
        HEAD,
        *table(names, ((f"`{name}`", f"`{value}`", source) for name, value, source in BELGIAN_COOPERATIVE)),
        CONTRIBUTIONS,
        *table(presets, _contributions()),
    )
    return "\n".join(parts) + "\n"


def _contributions() -> Iterator[tuple[str, ...]]:
    for each in CONTRIBUTION_PRESETS:
        terms = each.terms
        assert terms == Terms(terms.base, terms.rate_bp, fixed_month_c=terms.fixed_month_c), "all is shown"
        rate, month = f"{terms.rate_bp / 100:.2f} %", f"{terms.fixed_month_c / 100:.2f}"
        yield f"`{each.name}`", each.country, terms.base, rate, month, each.says, each.source_ref


def table(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The lines of a table with these names above its columns."""
    for row in (names, ("---",) * len(names), *rows):
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
