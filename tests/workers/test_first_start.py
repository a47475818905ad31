"""Eight processes that start at once where nothing is yet: the fault programme does it twenty times."""

from __future__ import annotations

from tests.faults.first_start import first_start


def test_eight_processes_begin_one_ledger_together() -> None:
    first_start()
