"""The data directory of a ledger."""

from __future__ import annotations

from pathlib import Path

PASSABLE_BUT_UNLISTED = 0o711
"""Run as root, the database server is another account and must get through to its own folder."""


def make_data_dir(data_dir: Path) -> None:
    """Make the data directory, if it is not there; what is secret lies in folders of its own."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=PASSABLE_BUT_UNLISTED)
