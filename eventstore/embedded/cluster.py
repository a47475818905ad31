"""Making a database cluster: whole or not at all."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

from eventstore.embedded.account import Account
from eventstore.embedded.binaries import Binaries
from eventstore.embedded.files import last_lines, read_or_none, sync_directory, write_whole
from eventstore.embedded.ports import HOST
from eventstore.embedded.refusals import ClusterNotMade

SUPERUSER = "tutti"
FIRST_WITH_BUILTIN_LOCALE = 17
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
_DRAFT = ".new-cluster-"


def make_cluster(place: Path, binaries: Binaries, account: Account, *, passfile: Path, life: int) -> Path:
    """Make the cluster of this major version in `place` and return its directory.

    It is made beside its place and moved there when complete, so that a maker killed half-way
    leaves nothing that looks like a cluster. `life` is the descriptor of the life lock, which
    initdb inherits: an orphaned initdb is waited for, not raced.

    Raises:
        ClusterNotMade: initdb failed, for instance on a full disk.
    """
    password = password_in(passfile)
    if password is None:
        password = secrets.token_urlsafe(32)
        write_whole(passfile, f"{HOST}:*:*:{SUPERUSER}:{password}\n")
    draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=place))
    try:
        handed = draft / "password"
        write_whole(handed, password)
        account.own(handed)
        account.own(draft)
        _initdb(draft / "cluster", binaries, account, password_file=handed, life=life)
        cluster = place / f"pg{binaries.major}"
        (draft / "cluster").rename(cluster)
        sync_directory(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return cluster


def password_in(passfile: Path) -> str | None:
    """Return the password in a file of libpq's `.pgpass` format, or None if there is no such file."""
    line = read_or_none(passfile)
    return line.rpartition(":")[2] if line else None


def drop_abandoned_drafts(place: Path) -> None:
    """Remove what killed makers left behind; the caller holds the life lock, so nobody is making one."""
    for abandoned in place.glob(f"{_DRAFT}*"):
        shutil.rmtree(abandoned, ignore_errors=True)


def _initdb(directory: Path, binaries: Binaries, account: Account, *, password_file: Path, life: int) -> None:
    """Run initdb; the built-in C.UTF-8 sorts alike on every machine, older versions have C for that."""
    locale = ["--no-locale"]
    if binaries.major >= FIRST_WITH_BUILTIN_LOCALE:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = subprocess.run(  # noqa: S603 - a program we found ourselves, no shell
        [
            binaries.bin / "initdb",
            *("-D", directory),
            *("-U", SUPERUSER, f"--pwfile={password_file}", "--auth=scram-sha-256"),
            *("--encoding=UTF8", *locale, "--data-checksums"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd="/",
        env=ENVIRONMENT,
        umask=0o077,
        pass_fds=(life,),
        check=False,
        **account.run_as,
    )
    if done.returncode != 0:
        raise ClusterNotMade(directory=directory.parent.parent, said=last_lines(done.stdout))
