"""The state machines of the suite: each keeps a ledger on paper beside the one under test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis.stateful import RuleBasedStateMachine

from eventstore.keyring import Keyring
from tests.areas.between import Between
from tests.areas.bill_set_offs import BillSetOffs
from tests.areas.cutovers import Cutovers
from tests.areas.doubts import Doubts
from tests.areas.drafts import Drafts
from tests.areas.late import Late
from tests.areas.meetings import Meetings
from tests.areas.offices import Offices
from tests.areas.plans import Plans
from tests.areas.refunds import YearAndRefunds
from tests.areas.set_offs import SetOffs
from tests.databases import Server, shared_server
from tests.domain.test_election_model import ElectionOnPaper
from tests.domain.test_fund_model import FundOnPaper
from tests.domain.test_paper_departures import PaperDepartures
from tests.domain.test_paper_ledger import OnPaper
from tests.domain.test_paper_shares import PaperRegister
from tests.test_real_ledger import OnTheRealStore
from tests.whole.on_ledgers import WholeOnPaper, WholeOnTheRealStore

IN_MEMORY, ON_POSTGRESQL = 1, 100
"""One example of so many is run: a database of its own for each is a hundred times as slow."""


@dataclass(frozen=True)
class Machine:
    """A state machine, how long its runs are, and how many of the examples asked for it is given."""

    kind: type[RuleBasedStateMachine]
    steps: int
    one_in: int = IN_MEMORY

    @contextmanager
    def factory(self) -> Iterator[Callable[[], RuleBasedStateMachine]]:
        """Yield what makes one; a server runs meanwhile if it needs one."""
        if self.one_in is IN_MEMORY:
            yield self.kind
            return
        keyring = Keyring(recorder=Ed25519PrivateKey.generate(), mac_key=b"m" * 32, kek=b"k" * 32)
        with TemporaryDirectory() as place, shared_server(Path(place)) as server:
            yield lambda: self._on(server, keyring)

    def _on(self, server: Server, keyring: Keyring) -> RuleBasedStateMachine:
        kind: Any = self.kind
        made: RuleBasedStateMachine = kind(server, keyring)
        return made


MACHINES: Mapping[str, Machine] = {
    "whole": Machine(WholeOnPaper, 60),
    "ledger": Machine(OnPaper, 40),
    "fund": Machine(FundOnPaper, 50),
    "shares": Machine(PaperRegister, 50),
    "departures": Machine(PaperDepartures, 50),
    "elections": Machine(ElectionOnPaper, 40),
    "year": Machine(YearAndRefunds, 60),
    "deficits": Machine(SetOffs, 50),
    "orders-and-late-payers": Machine(Late, 60),
    "drafts": Machine(Drafts, 50),
    "doubts": Machine(Doubts, 50),
    "payees": Machine(BillSetOffs, 60),
    "between": Machine(Between, 50),
    "plans": Machine(Plans, 50),
    "offices": Machine(Offices, 60),
    "meetings": Machine(Meetings, 60),
    "cutovers": Machine(Cutovers, 30),
    "whole-on-postgresql": Machine(WholeOnTheRealStore, 40, ON_POSTGRESQL),
    "ledger-on-postgresql": Machine(OnTheRealStore, 30, ON_POSTGRESQL),
}
