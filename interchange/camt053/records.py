"""What a bank file says, as frozen records. Money is whole cents of euro, credits positive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BankEntry:
    """One booked entry of a statement.

    `key` names it within its statement, see `interchange.camt053.keys`. `references` are the
    valid structured references it bears, 12 digits each, wherever they stood; `creditor_refs` are
    the structured ones as given, valid or not. Text that is absent is empty. An entry of several
    `transactions` names a counterparty only if it is the same in all that name one.
    """

    key: str
    booked_on: date
    value_on: date | None
    amount_c: int
    references: tuple[str, ...]
    creditor_refs: tuple[str, ...]
    counterparty_name: str
    counterparty_iban: str
    remittance: str
    transactions: int


@dataclass(frozen=True, slots=True)
class BankStatement:
    """One statement: `opening_c` plus its entries is `closing_c`.

    `account` is the IBAN, or the bank's own number of the account as given. `identity` names the
    statement among those of its account, however often and in whatever version it comes:
    `legal:2026/12` by its legal sequence number, else `electronic:2026/12`, else `id:...` by the
    bank's own name for it. A number counts within its year, that of `to_on`, since banks begin
    again in January. `from_on` and `to_on` are the dates of the two balances.
    """

    account: str
    identity: str
    sequence: int | None
    sequence_year: int | None
    opening_c: int
    closing_c: int
    from_on: date
    to_on: date
    entries: tuple[BankEntry, ...]

    @property
    def booked_sum_c(self) -> int:
        """The sum of the entries, in cents."""
        return sum(entry.amount_c for entry in self.entries)


@dataclass(frozen=True, slots=True)
class BankFile:
    """A file as read: its message (`camt.053.001.02`), the SHA-256 of its bytes, its statements.

    Statements of one account stand together, each continuing where the one before ended if the
    file allows it. `warnings` are sentences for the one who imports; none of them is a reason to
    refuse.
    """

    message: str
    sha256: str
    statements: tuple[BankStatement, ...]
    warnings: tuple[str, ...]
