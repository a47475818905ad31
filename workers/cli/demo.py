"""`tutti demo`: fill an empty ledger with the fictional cooperative."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from workers.cli.session import Session, command

Seed = Annotated[int, typer.Option("--seed", help="One seed makes one history.")]


@command
def demo(session: Session, *, seed: Seed = 1) -> None:
    """Fill an empty ledger with a small fictional cooperative."""
    from workers.demo.cooperative import fill

    summary = fill(session, seed=seed)
    if session.screen.as_json:
        session.screen.data(asdict(summary))
        return
    session.screen.say(
        f"{summary.members} fictional members, {summary.months} months, {summary.position} facts. "
        f"Try: tutti trial-balance, tutti votes, tutti import-bank {summary.next_statement}"
    )
