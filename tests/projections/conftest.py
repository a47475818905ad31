"""A founded cooperative on a database of its own, its read models up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys
from projections.reader import Reader
from tests.cooperative import found
from tests.databases import Server
from tests.projections.world import World


class Founded(NamedTuple):
    """A database to copy, and the keys its sealed fields open with."""

    template: str
    keys: MemorySubjectKeys


@pytest.fixture(scope="session")
def founded(server: Server, keyring: Keyring) -> Iterator[Founded]:
    """The cooperative as founded, made once a run."""
    keys = MemorySubjectKeys()
    with server.database() as dsn:
        founding = World(dsn, keyring, keys)
        found(founding.perform)
        founding.project()
        founding.close()
        yield Founded(str(conninfo_to_dict(dsn)["dbname"]), keys)


@contextmanager
def copy_of(server: Server, keyring: Keyring, founded: Founded) -> Iterator[World]:
    """A copy of the founded cooperative, while the block runs."""
    with server.database(template=founded.template) as dsn:
        database = sql.Identifier(str(conninfo_to_dict(dsn)["dbname"]))
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO tutti_projector").format(database))
        keys = MemorySubjectKeys()
        keys._keys.update(founded.keys._keys)
        copy = World(dsn, keyring, keys)
        try:
            yield copy
        finally:
            copy.close()


@pytest.fixture
def world(server: Server, keyring: Keyring, founded: Founded) -> Iterator[World]:
    """The founded cooperative, in a copy of its own."""
    with copy_of(server, keyring, founded) as copy:
        yield copy


@pytest.fixture
def reader(world: World) -> Reader:
    """A reader of the cooperative's read models."""
    return world.reader()
