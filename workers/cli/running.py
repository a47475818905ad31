"""Running: `up`, and the services it supervises."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from domain.errors import Refusal
from workers.cli.session import Session, command
from workers.instance import Instance, free_port
from workers.lifeline import stopped_by_signal

if TYPE_CHECKING:
    import threading

    from workers.supervisor import Supervisor
    from workers.workshop import Workshop

READY_SECONDS = 120.0
TEND_SECONDS = 0.5
LOOK_AGAIN_SECONDS = 0.02

Demo = Annotated[
    bool,
    typer.Option(
        "--demo", help="Fill an empty ledger with a small demo cooperative; `demo` makes a large one."
    ),
]
Once = Annotated[bool, typer.Option("--once", help="Do what is due now, and end.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Do what is due on that day, and end."),
]
Port = Annotated[int | None, typer.Option("--port", help="Where the API listens, on this machine only.")]


class NotReady(Refusal):
    """The service did not get ready; its log says why."""

    code = "not-ready"
    fr = "Le service n'est pas devenu prêt ; son journal dit pourquoi."
    nl = "De dienst werd niet klaar; zijn logboek zegt waarom."


@command
def up(session: Session, *, demo: Demo = False, port: Port = None) -> None:
    """Start everything, say where it is, and run until Ctrl-C."""
    instance = Instance(session.settings.data_dir)
    if not instance.claim():
        _say_where_it_runs(session, instance)
        return
    stopped = stopped_by_signal()
    try:
        with session.workshop() as workshop:
            listening = free_port(replace(session.settings, port=port or session.settings.port))
            try:
                _serve(session, workshop, instance, stopped, port=listening, demo=demo)
            finally:
                if workshop.started_database:
                    session.screen.say(session.screen.told("stopping-database"))
                    workshop.embedded.stop()
    finally:
        instance.release()


def _serve(
    session: Session,
    workshop: Workshop,
    instance: Instance,
    stopped: threading.Event,
    *,
    port: int,
    demo: bool,
) -> None:
    """Run the services; the API loads while the database starts and the demo is made."""
    from workers.cli.welcome import welcome
    from workers.supervisor import Supervisor

    log_path = session.settings.data_dir / "tutti.log"
    with log_path.open("ab") as log:
        supervisor = Supervisor(session.settings, log, session.screen.say)
        try:
            supervisor.add("api", port=port)
            session.screen.say(session.screen.told("starting-database"))
            _ = workshop.dsn
            if demo:
                from workers.demo.cooperative import fill_if_empty

                fill_if_empty(session)
            url = f"http://localhost:{port}"
            said = welcome(session, workshop, url=url, demo=demo)
            # One after the other: side by side they would only slow the one that is waited for.
            _wait_for(port, "/healthz", stopped, supervisor, log_path)
            supervisor.add("projector", port=port)
            _wait_for(port, "/readyz", stopped, supervisor, log_path)
            if not stopped.is_set():
                instance.announce(url)
                said.say(session.screen)
                # Last: nobody waits for it, and it would slow the start of what is waited for.
                supervisor.add("scheduler", port=port)
            _tend(workshop, supervisor, stopped)
        finally:
            session.screen.say(session.screen.told("stopping-services"))
            supervisor.stop()


def _tend(workshop: Workshop, supervisor: Supervisor, stopped: threading.Event) -> None:
    """Keep the services, and our own database, running until told to stop."""
    while not stopped.wait(TEND_SECONDS):
        supervisor.tend()
        if workshop.settings.database_url is None and not workshop.embedded.status().running:
            workshop.started_database |= workshop.embedded.start()


def _wait_for(port: int, path: str, stopped: threading.Event, supervisor: Supervisor, log: Path) -> None:
    """Wait until the API answers there with a success; raises NotReady."""
    deadline = time.monotonic() + READY_SECONDS
    while not stopped.is_set():
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            supervisor.tend()
        if time.monotonic() > deadline:
            raise NotReady(log=log)
        stopped.wait(LOOK_AGAIN_SECONDS)


def _say_where_it_runs(session: Session, instance: Instance) -> None:
    known = instance.address(patience=READY_SECONDS)
    if known is None:
        raise NotReady(data_dir=session.settings.data_dir)
    url, pid = known
    if session.screen.as_json:
        session.screen.data({"url": url, "pid": pid, "already_running": True})
    else:
        session.screen.line(session.screen.told("runs-already", url=url, pid=pid))


@command
def serve(session: Session, *, port: Port = None) -> None:
    """Run the API alone."""
    from workers.service import serve_api

    serve_api(session.settings, port=port or session.settings.port)


@command
def project(session: Session) -> None:
    """Run the projector alone: it keeps the read models at the head of the log."""
    from workers.service import run_projector

    run_projector(session.settings)


@command
def schedule(session: Session, *, once: Once = False, as_of: AsOf = None) -> None:
    """Run the scheduler alone: it does what falls due, such as payment reminders."""
    if not once and as_of is None:
        from workers.service import run_scheduler

        run_scheduler(session.settings)
        return
    from workers.scheduler import Scheduler

    with session.workshop() as workshop:
        workshop.up_to_date()
        done = Scheduler(workshop).run_once(as_of.date() if as_of else None)
    if session.screen.as_json:
        session.screen.data({"done": [asdict(each) for each in done]})
    for each in [] if session.screen.as_json else done:
        refused = "".join(f", {count} {code}" for code, count in sorted(each.refused.items()))
        told = {"job": each.job, "period": each.period, "recorded": each.recorded, "refused": refused}
        session.screen.line(session.screen.told("job-done", **told))
