"""A service as `tutti up` runs it: no command line to load, and it ends with its supervisor.

python -m workers.child api|projector DATA_DIR TENANT PORT
"""

from __future__ import annotations

import sys
from pathlib import Path

from workers.lifeline import end_with_supervisor
from workers.service import run_projector, serve_api
from workers.settings import read_settings


def main(name: str, data_dir: str, tenant: str, port: str) -> None:
    """Run one service until a signal, or the end of the supervisor, ends it."""
    end_with_supervisor()
    settings = read_settings(data_dir=Path(data_dir), tenant=tenant)
    if name == "api":
        serve_api(settings, port=int(port))
    else:
        run_projector(settings)


if __name__ == "__main__":
    main(*sys.argv[1:])
