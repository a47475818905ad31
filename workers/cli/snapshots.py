"""`tutti snapshot`: take the snapshots that are due, check them by replay, or delete them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from eventstore.snapshotting import Checked, Verdict
from workers.cli.session import Column, Session, command

Check = Annotated[bool, typer.Option("--check", help="Replay every stream that has a snapshot, and compare.")]
Forget = Annotated[bool, typer.Option("--forget", help="Delete every snapshot: nothing is lost but time.")]


@command
def snapshot(session: Session, *, check: Check = False, forget: Forget = False) -> None:
    """Take a snapshot of every long stream that has grown since its last."""
    from workers.snapshots import snapshotter

    with session.ledger() as workshop, snapshotter(workshop) as opened:
        if forget:
            said = {"deleted": opened.forget_all()}
        elif check:
            _check(session, list(opened.check()))
            return
        else:
            said = {"taken": opened.take_all()}
    if session.screen.as_json:
        session.screen.data(said)
    else:
        ((what, count),) = said.items()
        session.screen.line(f"{session.screen.words('snapshots')} {session.screen.words(what)}: {count}")


def _check(session: Session, checked: list[Checked]) -> None:
    if session.screen.as_json:
        session.screen.data({"snapshots": [asdict(each) for each in checked]})
    else:
        session.screen.table(
            session.screen.words("snapshots"),
            (Column("stream", whole=True), Column("kind"), Column("facts", figures=True), Column("verdict")),
            [
                (str(each.stream), each.topic, str(each.version), session.screen.words(each.verdict))
                for each in checked
            ],
        )
    if any(each.verdict in {Verdict.WRONG, Verdict.NOT_OURS} for each in checked):
        session.screen.say(
            "Run `tutti snapshot --forget`: they are made anew from the log, which they never change."
        )
        raise typer.Exit(1)
