"""The server process: how it is started, apart from the terminal and under settings nobody can lower."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eventstore.embedded.account import Account
from eventstore.embedded.binaries import Binaries
from eventstore.embedded.cluster import ENVIRONMENT
from eventstore.embedded.ports import HOST

LOG_BYTES = 10_000_000
# Given on the command line, where they outrank postgresql.conf and ALTER SYSTEM: what the ledger's
# durability rests on, and that no statement, hence no personal data, is ever written to the log.
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "idle_in_transaction_session_timeout": "30s",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class Server(subprocess.Popen[bytes]):
    """The server's process, which outlives the handle we started it by."""

    def __del__(self) -> None:
        """Let go without a warning: the server is meant to run on."""


def spawn(cluster: Path, binaries: Binaries, account: Account, *, port: int, life: int, log: Path) -> Server:
    """Start the server in a session of its own, out of reach of the terminal's Ctrl-C.

    It inherits `life`, the descriptor of the life lock, and so holds that lock while it lives.
    """
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with _appending(log) as output:
        return Server(
            [binaries.bin / "postgres", "-D", cluster, "-p", str(port), *settings],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env=ENVIRONMENT,
            umask=0o077,
            start_new_session=True,
            pass_fds=(life,),
            **account.run_as,
        )


@contextmanager
def _appending(log: Path) -> Iterator[int]:
    """Open the log; a long one becomes `server.log.1` first."""
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        yield output
    finally:
        os.close(output)
