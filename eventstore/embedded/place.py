"""Where the cluster of a data directory stands.

Below the data directory, as a rule. But the server of root is another user, and no directory above
is ever opened for that user: where it cannot enter, cluster and programs stand in /var/lib/tutti,
and a file `location` in the data directory says where.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from eventstore.embedded.account import Account
from eventstore.embedded.files import read_or_none, write_whole
from eventstore.embedded.refusals import DirectoryClosed

REACHABLE = Path("/var/lib/tutti")
LOCATION = "location"


def place_of(home: Path) -> Path:
    """Return the directory that holds the cluster of `home`, as decided when it was made."""
    elsewhere = read_or_none(home / LOCATION)
    return home if elsewhere is None else Path(elsewhere)


def clusters_in(place: Path) -> dict[int, Path]:
    """Return the clusters that stand in `place`, by major version of PostgreSQL."""
    made = sorted(place.glob("pg[0-9]*/PG_VERSION"))
    return {int(file.parent.name.removeprefix("pg")): file.parent for file in made}


def decided_place(home: Path, account: Account) -> Path:
    """Return the directory that holds the cluster of `home`; decide it once, where `account` can enter.

    Raises:
        DirectoryClosed: a cluster stands where its server can no longer go.
    """
    place = place_of(home)
    if place != home or account.can_enter(home):
        return place
    if clusters_in(home):
        raise DirectoryClosed(directory=home, user=account.uid)
    REACHABLE.mkdir(parents=True, exist_ok=True)
    REACHABLE.chmod(0o755)
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    place = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=REACHABLE))
    place.chmod(0o755)
    write_whole(home / LOCATION, f"{place}\n")
    return place
