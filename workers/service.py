"""The processes that run: the API, the projector and the scheduler."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import structlog

from eventstore.one_core import keep_to_one_core
from workers.lifeline import stopped_by_signal
from workers.memory import collect_seldom
from workers.workshop import Workshop

if TYPE_CHECKING:
    from workers.settings import Settings

GRACE_SECONDS = 5


def serve_api(settings: Settings, *, port: int, supervised: bool = False) -> None:
    """Serve the API until a signal ends it; a supervised one leaves the database to its supervisor."""
    import uvicorn

    from api.app import create_app

    log_as_json()
    with Workshop(settings, supervised=supervised) as workshop:
        app = create_app(workshop.services)
        collect_seldom()
        if settings.cores == "one":
            keep_to_one_core()
        uvicorn.run(
            app,
            host=settings.host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )


def run_projector(settings: Settings, *, supervised: bool = False) -> None:
    """Keep the read models at the head of the log until a signal ends it; `supervised` as above."""
    log_as_json()
    stopped = stopped_by_signal()
    with Workshop(settings, supervised=supervised) as workshop:
        projector = workshop.projector
        collect_seldom()
        projector.run(stopped)


def run_scheduler(settings: Settings, *, supervised: bool = False) -> None:
    """Do what falls due until a signal ends it; `supervised` as above."""
    from workers.scheduler import Scheduler

    log_as_json()
    stopped = stopped_by_signal()
    with Workshop(settings, supervised=supervised) as workshop:
        scheduler = Scheduler(workshop)
        collect_seldom()
        scheduler.run(stopped)


def log_as_json() -> None:
    """Write one JSON object a line to standard error; nothing below a warning from libraries."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
