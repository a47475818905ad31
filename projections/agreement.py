"""What a figure of a view must be, told from elsewhere: the journal, or what the facts say of it.

Both sides are questions; what one of them does not name counts as nothing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """One figure of one table, by key, and where else it can be had.

    `found` asks the tables in use, which it names as `{live}.table`, and `expected` those made anew
    from the log, `{made}.table`; both return the columns of `key` and the figure as `figure`.
    """

    name: str
    table: str
    column: str
    key: Sequence[str]
    expected: str
    found: str

    @property
    def query(self) -> str:
        """The question for what differs: a value for each column of the key, expected and found."""
        key = ", ".join(self.key)
        return f"""
            SELECT {key}, coalesce(e.figure, 0) AS expected, coalesce(f.figure, 0) AS found
            FROM ({self.expected}) AS e FULL JOIN ({self.found}) AS f USING ({key})
            WHERE coalesce(e.figure, 0) <> coalesce(f.figure, 0)
            ORDER BY {key}
        """  # noqa: S608 - all parts are constants of the read models
