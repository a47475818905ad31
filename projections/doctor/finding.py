"""What the doctor finds: one row, or one figure of it, that is not what the log says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One value of one row of a read model that differs from what it must be, and the check that says so.

    Without a column the whole row is meant: `found` None is a row that is missing, `expected` None
    one that no fact explains. Without a key the whole table is meant.
    """

    check: str
    view: str
    table: str
    key: Mapping[str, Any]
    column: str | None
    expected: Any
    found: Any
