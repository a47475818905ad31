"""Builds that are wrong on purpose: the programme is worth something if it finds what is wrong with them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from eventstore.appender import Standing
from eventstore.batches import Batch
from eventstore.session import Session
from eventstore.tickets import Outcomes, Ticket

# Long beside an append, so that a kill meets it nearly every time.
GAP_S = 0.1


@contextmanager
def acknowledging_before_the_commit() -> Iterator[None]:
    """Let every store of this process answer what it has decided, and only then append it."""
    append, accept, refuse = Session._append, Ticket.accept, Ticket.refuse

    def append_later(session: Session, batch: Batch) -> Standing | None:
        for ticket, parts in batch.decided:
            ticket.accept(tuple(part.outcome() for part in parts))
        time.sleep(GAP_S)
        return append(session, batch)

    def accept_once(ticket: Ticket[Any], outcomes: Outcomes) -> None:
        if ticket._answer is None:
            accept(ticket, outcomes)

    def refuse_if_open(ticket: Ticket[Any], error: BaseException) -> None:
        if ticket._answer is None:
            refuse(ticket, error)

    with ExitStack() as patched:
        for kind, name, wrong in (
            (Session, "_append", append_later),
            (Ticket, "accept", accept_once),
            (Ticket, "refuse", refuse_if_open),
        ):
            patched.enter_context(patch.object(kind, name, wrong))
        yield
