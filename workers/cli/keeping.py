"""Keeping the read models honest: rebuild them from the log, or replay beside them and compare."""

from __future__ import annotations

from dataclasses import asdict

import typer

from workers.cli.session import Column, Session, command


@command
def rebuild(session: Session) -> None:
    """Rebuild every read model from the log, beside the live ones, and swap."""
    from projections.catalogue import ALL
    from projections.rebuild import rebuild as do

    with session.ledger() as workshop:
        head = workshop.log.head().size
        with session.screen.progress("Rebuilding", head) as done:
            digests = do(
                workshop.dsn,
                tenant=workshop.settings.tenant,
                log=workshop.log,
                models=ALL,
                progress=lambda position, _: done(position),
            )
        if session.screen.as_json:
            session.screen.data({"position": head, "digests": digests})
            return
        session.screen.table(
            "",
            (Column("read-model"), Column("value")),
            [(name, digest[:16]) for name, digest in digests.items()],
        )


@command
def replay(session: Session) -> None:
    """Replay the whole log beside the live read models and compare their digests."""
    from projections.catalogue import ALL
    from projections.replay import replay as do

    with session.ledger() as workshop:
        workshop.projector.catch_up()
        head = workshop.log.head().size
        with session.screen.progress("Replaying", head) as done:
            result = do(
                workshop.dsn,
                tenant=workshop.settings.tenant,
                log=workshop.log,
                models=ALL,
                progress=lambda position, _: done(position),
            )
        different = [model.name for model in result.models if not model.equal]
        per_second = round(result.events / result.seconds) if result.seconds else result.events
        if session.screen.as_json:
            session.screen.data({**asdict(result), "events_per_second": per_second, "different": different})
        else:
            rows = [
                (
                    model.name,
                    session.screen.words("equal" if model.equal else "different"),
                    model.replayed_digest[:16],
                )
                for model in result.models
            ]
            session.screen.table("", (Column("read-model"), Column("verdict"), Column("value")), rows)
            session.screen.line(
                f"{result.events} facts replayed to position {result.position}, {per_second}/s"
            )
        if different:
            session.screen.say(
                f"Different: {', '.join(different)}. `tutti rebuild` makes them anew from the log."
            )
            raise typer.Exit(1)
