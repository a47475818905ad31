"""`tutti demo`: fill an empty ledger with the fictional cooperative, or with the worked example."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from workers.cli.session import Session, command
from workers.demo.group.size import MEMBERS, MONTHS, Size

Seed = Annotated[int, typer.Option("--seed", help="One seed makes one history.")]


class Scenario(StrEnum):
    """What `tutti demo` plays."""

    COOPERATIVE = "cooperative"
    WORKED_EXAMPLE = "worked-example"


Played = Annotated[Scenario, typer.Option("--scenario", help="A whole cooperative, or one worked example.")]


Members = Annotated[int, typer.Option("--members", help="How many members, from 2 to 480.")]
Months = Annotated[int, typer.Option("--months", help="How many months, from 1 to 120.")]


@command
def demo(
    session: Session,
    *,
    scenario: Played = Scenario.COOPERATIVE,
    members: Members = MEMBERS,
    months: Months = MONTHS,
    seed: Seed = 1,
) -> None:
    """Fill an empty ledger with a fictional cooperative, or with one worked example.

    The cooperative is a group of two legal entities through the months until December 2025, which a third
    one joins for its last twelve. A small one of 20 members and three months is what `tutti up --demo`
    starts with.
    """
    if scenario is Scenario.WORKED_EXAMPLE:
        _play_worked_example(session)
        return
    from workers.demo.group.life import fill_group

    summary = fill_group(session, Size(seed, members, months))
    if session.screen.as_json:
        session.screen.data(asdict(summary))
        return
    session.screen.say(
        session.screen.told(
            "demo-filled",
            members=summary.members,
            entities=", ".join(summary.entities),
            months=summary.months,
            position=summary.position,
            seconds=summary.seconds,
        )
    )
    here = "" if session.settings.is_default_data_dir else f" --data-dir {session.settings.data_dir}"
    tries = ("trial-balance --entity COOP", "balance", "fund", "assemblies", "shares", "replay")
    session.screen.say(session.screen.told("try-next"))
    for words in (*tries, f"import-bank {summary.next_statements[0]}"):
        session.screen.say(f"  ./tutti {words}{here}")


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
