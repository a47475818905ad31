"""`tutti demo`: fill an empty ledger with the fictional cooperative, or with the worked example."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from workers.cli.session import Session, command

Seed = Annotated[int, typer.Option("--seed", help="One seed makes one history.")]


class Scenario(StrEnum):
    """What `tutti demo` plays."""

    COOPERATIVE = "cooperative"
    WORKED_EXAMPLE = "worked-example"


Played = Annotated[Scenario, typer.Option("--scenario", help="A whole cooperative, or one worked example.")]


@command
def demo(session: Session, *, scenario: Played = Scenario.COOPERATIVE, seed: Seed = 1) -> None:
    """Fill an empty ledger with a small fictional cooperative, or with the worked example."""
    if scenario is Scenario.WORKED_EXAMPLE:
        _play_worked_example(session)
        return
    from workers.demo.cooperative import fill

    summary = fill(session, seed=seed)
    if session.screen.as_json:
        session.screen.data(asdict(summary))
        return
    session.screen.say(
        f"{summary.members} fictional members, {summary.months} months, {summary.position} facts. "
        f"Try: tutti trial-balance, tutti votes, tutti import-bank {summary.next_statement}"
    )


def _play_worked_example(session: Session) -> None:
    from workers.demo.worked_example import play_worked_example

    summary = play_worked_example(session)
    if session.screen.as_json:
        session.screen.data(asdict(summary))
        return
    session.screen.say(
        f"The worked example, {summary.position} facts: the closing balances add up to 1,560.00. "
        "Try: tutti trial-balance, tutti balance, tutti fund, tutti journal --activity A1"
    )
