"""The whole machine against a ledger on paper, and against the real one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from domain.catalogue import AGGREGATES
from eventstore.codec import Codec
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from tests.databases import Server
from tests.paper import PaperLedger
from tests.real_ledger import RealLedger
from tests.whole.desk import LATEST
from tests.whole.machine import WholeLedger

CODEC = Codec(Registry(*AGGREGATES), Sealer(MemorySubjectKeys()))


class WholeOnPaper(WholeLedger):
    """Use cases on replayed facts; at the end of each run every fact is written and read again."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = PaperLedger()

    def perform(
        self, use_case: Callable[..., object], *, on: date = LATEST, actor: str = "anna", **asked: Any
    ) -> object:
        return self.ledger.perform(use_case, on=on, actor=actor, **asked)

    def facts_after(self, position: int) -> Sequence[Any]:
        return self.ledger.facts[position:]

    def teardown(self) -> None:
        self.the_same_once_replayed(_written_and_read)


class WholeOnTheRealStore(WholeLedger):
    """The event store and its read models; at the end of each run the log is read from its beginning."""

    def __init__(self, server: Server, keyring: Keyring) -> None:
        super().__init__()
        self.ledger = RealLedger(server, keyring)

    def perform(
        self, use_case: Callable[..., object], *, on: date = LATEST, actor: str = "anna", **asked: Any
    ) -> object:
        return self.ledger.perform(use_case, on=on, actor=actor, **asked)

    def facts_after(self, position: int) -> Sequence[Any]:
        return self.ledger.facts_after(position)

    def teardown(self) -> None:
        try:
            self._the_trial_balance_is_the_one_on_paper()
            stored = iter(self.ledger.facts_after(0))
            by_version = {(fact.originator_id, fact.originator_version): fact for fact in stored}
            self.the_same_once_replayed(lambda fact: by_version[fact.originator_id, fact.originator_version])
        finally:
            self.ledger.close()

    def _the_trial_balance_is_the_one_on_paper(self) -> None:
        assert self.ledger.caught_up() == self.ledger.log.head().size
        shown = self.ledger.trial_balance()
        books = {(row.entity_id, row.account): row.debit_c - row.credit_c for row in shown.rows}
        assert {key: cents for key, cents in books.items() if cents} == self.paper.kept_c


def _written_and_read(fact: Any) -> Any:
    stored = CODEC.encode(fact)
    return CODEC.decode(fact.originator_id, fact.originator_version, stored.topic, stored.state)
