"""Who runs the server: ourselves, or, since PostgreSQL refuses root, a system user without login."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from eventstore.embedded.refusals import NoServerAccount

SYSTEM_USER = "tuttipg"
STAND_INS = ("postgres", "nobody")


class RunAs(TypedDict, total=False):
    """The arguments of `subprocess` that make a program run as somebody else."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """The system user the server runs as."""

    uid: int
    gid: int

    @property
    def run_as(self) -> RunAs:
        """Return what makes a program run as this user, with none of our own groups."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a fresh file or directory of ours to this user."""
        if self.uid != os.geteuid():
            os.chown(path, self.uid, self.gid)

    def can_enter(self, directory: Path) -> bool:
        """Tell whether this user can reach `directory` through all the directories above it."""
        tried = subprocess.run(  # noqa: S603 - fixed program, our own path as argument
            ["/bin/sh", "-c", 'cd "$1"', "sh", directory],
            cwd="/",
            check=False,
            stderr=subprocess.DEVNULL,
            **self.run_as,
        )
        return tried.returncode == 0


def server_account() -> Account:
    """Return whom the server runs as: ourselves, or for root a system user, made when missing."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    named = _known(SYSTEM_USER) or _made(SYSTEM_USER)
    for stand_in in STAND_INS:
        named = named or _known(stand_in)
    if named is None:
        raise NoServerAccount
    return named


def owner_of(cluster: Path) -> Account:
    """Return the user a cluster was made for, who alone can serve it."""
    status = cluster.stat()
    return Account(status.st_uid, status.st_gid)


def _known(name: str) -> Account | None:
    try:
        user = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(user.pw_uid, user.pw_gid)


def _made(name: str) -> Account | None:
    """Make the system user; another process may be making it at this moment."""
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent"]
    for _ in range(10):
        subprocess.run(  # noqa: S603 - fixed program and arguments
            [*command, "--shell", "/usr/sbin/nologin", name], check=False, capture_output=True
        )
        made = _known(name)
        if made is not None:
            return made
        time.sleep(0.1)
    return None
