"""What a share account is told when shares leave it or come to it with their numbers."""

from __future__ import annotations

from typing import Any

from domain.facts import Ledgered
from domain.parcels import rest_of


class SharesGone(Ledgered.Event):
    """So many shares, those held longest first, are held here no longer."""

    def apply(self: Any, account: Any) -> None:
        """Hold them no longer."""
        account.held = rest_of(account.held, self.qty)


class SharesCame(Ledgered.Event):
    """Shares of another account are held here."""

    def apply(self: Any, account: Any) -> None:
        """Hold them."""
        account.held += self.parcels
