"""The processes that run: the API, on this machine only, and the projector."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

import structlog

from workers.lifeline import stopped_by_signal
from workers.workshop import Workshop

if TYPE_CHECKING:
    from workers.settings import Settings

LOOPBACK = "127.0.0.1"
GRACE_SECONDS = 5


def serve_api(settings: Settings, *, port: int) -> None:
    """Serve the API until a signal ends it."""
    import uvicorn

    from api.app import create_app

    log_as_json()
    with Workshop(settings) as workshop:
        app = create_app(workshop.services)
        uvicorn.run(
            app,
            host=LOOPBACK,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )


def run_projector(settings: Settings) -> None:
    """Keep the read models at the head of the log until a signal ends it."""
    log_as_json()
    stopped = stopped_by_signal()
    with Workshop(settings) as workshop:
        workshop.projector.run(stopped)


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
