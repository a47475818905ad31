"""A service as `tutti up` runs it: it starts fast, and ends with its supervisor.

It is started before the database, to load meanwhile, and waits for the supervisor to start that.

    python -m workers.child api|projector|scheduler DATA_DIR TENANT PORT
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from domain.errors import Refusal
from workers.lifeline import end_with_supervisor
from workers.settings import read_settings

REFUSED = 78
"""The status of a service that cannot run on this ledger as it is (EX_CONFIG of sysexits.h)."""


def main(name: str, data_dir: str, tenant: str, port: str) -> None:
    """Run one service until it ends; one that is refused says so in its last line, and is not tried again."""
    from eventstore.errors import AskAgain

    try:
        _run(name, data_dir, tenant, port)
    except AskAgain:
        raise
    except Refusal as refusal:
        sys.stderr.write(refusal.sentence() + "\n")
        sys.exit(REFUSED)


def _run(name: str, data_dir: str, tenant: str, port: str) -> None:
    """Run one service until a signal, or the end of the supervisor, ends it."""
    end_with_supervisor()
    _load_fast()
    from workers.service import run_projector, run_scheduler, serve_api

    settings = read_settings(data_dir=Path(data_dir), tenant=tenant)
    match name:
        case "api":
            serve_api(settings, port=int(port), supervised=True)
        case "projector":
            run_projector(settings, supervised=True)
        case _:
            run_scheduler(settings, supervised=True)


def _load_fast() -> None:
    """Spare what only slows the start: a service has no screen, and modules are no garbage.

    The library of log lines loads the one of screens wherever it finds it, a tenth of all.
    """
    sys.modules["rich"] = None  # type: ignore[assignment] # Python's way to say: not there
    gc.disable()


if __name__ == "__main__":
    main(*sys.argv[1:])
