"""The frame of the machines of one area each: it asks, predicts, reads the facts, and compares the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from domain.bookkeeping.rules_v1 import book
from domain.catalogue import AGGREGATES
from domain.errors import Refusal, UnknownRecord
from domain.facts import Ledgered
from eventstore.codec import Codec
from eventstore.keystore import MemorySubjectKeys
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from tests.cooperative import ENTITY
from tests.paper import PaperLedger

CODEC = Codec(Registry(*AGGREGATES), Sealer(MemorySubjectKeys()))
PICK = st.integers(0, 10_000)
TENTHS = st.sampled_from([1, 3, 5, 10, 10])
CENTS_MORE = st.sampled_from([-1, 0, 0, 0, 1])
PEOPLE = st.sampled_from(["anna", "ben", "ben", "carla"])
STRAY = 5
"""Once in so many something is picked of which it cannot be asked."""

T = TypeVar("T")
A = TypeVar("A", bound=Ledgered)


class Area(RuleBasedStateMachine):
    """Subclass it with rules that ask, and post on paper what they should have moved."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = PaperLedger()
        self.posted: Counter[tuple[UUID, str]] = Counter()
        self.booked: Counter[tuple[UUID, str]] = Counter()
        self.streams: dict[UUID, list[Any]] = {}
        self.states: dict[UUID, Any] = {}
        self.read = self.founded = 0
        self.ids = 1_000_000

    def found(self) -> None:
        """Found what there is to ask about."""
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        """Begin on paper with what founding it has booked."""
        self.found()
        self.read_on()
        self.posted = Counter(self.booked)
        self.founded = self.read

    def ask(self, right: bool, use_case: Callable[..., object], **asked: Any) -> bool:  # noqa: FBT001 - what the paper says
        """Ask for it: it is recorded if the paper says that it is right, and otherwise leaves no trace."""
        before = self.ledger.position
        refused: Refusal | None = None
        try:
            self.ledger.perform(use_case, **asked)
        except Refusal as answer:
            refused = answer
        assert (refused is None) is right, (refused, use_case.__name__, asked)
        assert refused is None or self.ledger.position == before
        assert not isinstance(refused, UnknownRecord), "what is asked names what there is"
        return right

    def state(self, kind: type[A], id: UUID) -> A:
        """The aggregate as the facts so far make it."""
        self.read_on()
        found: A = self.states[id]
        assert isinstance(found, kind)
        return found

    def post(self, amount_c: int, debit: str, credit: str, entity_id: UUID = ENTITY) -> None:
        """Book so much on paper from one account to another; below zero the other way."""
        self.posted[entity_id, debit] += amount_c
        self.posted[entity_id, credit] -= amount_c

    def new_id(self) -> UUID:
        self.ids += 1
        return UUID(int=self.ids)

    @staticmethod
    def one_of(among: Iterable[T], pick: int, fitting: Callable[[T], bool] = bool) -> T | None:
        """One of those it can be asked of, if there are any; now and then any; None if there is none."""
        found = list(among)
        right = [each for each in found if fitting(each)]
        chosen = right if right and pick % STRAY else found
        return chosen[pick % len(chosen)] if chosen else None

    @staticmethod
    def part(of_c: int, tenths: int, more_c: int) -> int:
        """A part of what there is, or a cent more or less than that."""
        return of_c * tenths // 10 + more_c

    def read_on(self) -> None:
        """Take the facts into the books that have come since it last did."""
        for fact in self.ledger.facts[self.read :]:
            self.read += 1
            id_ = fact.originator_id
            self.streams.setdefault(id_, []).append(fact)
            self.states[id_] = fact.mutate(self.states.get(id_))
            entry = book(fact)
            for line in entry.lines if entry is not None else ():
                assert entry is not None
                self.booked[entry.entity_id, line.account] += line.debit_c - line.credit_c

    @invariant()
    def the_books_are_those_on_paper(self) -> None:
        self.read_on()
        assert _some(self.booked) == _some(self.posted)
        for entity_id in {entity_id for entity_id, _ in self.booked}:
            assert not sum(cents for (of, _), cents in self.booked.items() if of == entity_id)

    def teardown(self) -> None:
        """Write every fact and read it again: folded anew, each stream is what it was."""
        self.read_on()
        for id_, facts in self.streams.items():
            state: Any = None
            for fact in facts:
                state = written_and_read(fact).mutate(state)
            assert vars(state) == vars(self.states[id_])


def written_and_read(fact: Any) -> Any:
    """Return what is read of a fact once it is written."""
    stored = CODEC.encode(fact)
    return CODEC.decode(fact.originator_id, fact.originator_version, stored.topic, stored.state)


def first_of(month: str) -> date:
    """Return the first day of a month written `2026-03`."""
    return date(int(month[:4]), int(month[5:]), 1)


def last_of(month: str) -> date:
    """Return the last day of a month written `2026-03`."""
    next_first = first_of(month) + timedelta(days=31)
    return next_first.replace(day=1) - timedelta(days=1)


def _some(sums: Counter[tuple[UUID, str]]) -> dict[tuple[UUID, str], int]:
    return {key: cents for key, cents in sums.items() if cents}
