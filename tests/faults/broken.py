"""Builds that are wrong on purpose: the programme is worth something if it finds what is wrong with them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from eventstore.batches import Batch
from eventstore.session import Session
from eventstore.tickets import Ticket, Waited

# Long beside an append, so that a kill meets it nearly every time.
GAP_S = 0.1


@contextmanager
def acknowledging_before_the_commit() -> Iterator[None]:
    """Let every store of this process answer what it has decided, and only then append it."""
    decide = Session._decide

    def decide_and_answer(session: Session, tickets: Sequence[Ticket[Any]], **on: Any) -> Batch:
        batch = decide(session, tickets, **on)
        for ticket, parts in batch.decided:
            ticket.accept(tuple(part.outcome() for part in parts))
        time.sleep(GAP_S)
        return batch

    with ExitStack() as patched:
        patched.enter_context(patch.object(Session, "_decide", decide_and_answer))
        for kind in (Ticket, Waited):
            for name in ("accept", "refuse"):
                patched.enter_context(patch.object(kind, name, _once(getattr(kind, name))))
        yield


def _once(answer: Callable[[Ticket[Any], Any], None]) -> Callable[[Ticket[Any], Any], None]:
    """Let only the first answer of a ticket through."""

    def if_open(ticket: Ticket[Any], said: object) -> None:
        if ticket._answer is None:
            answer(ticket, said)

    return if_open
