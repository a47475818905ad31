"""A founded cooperative on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eventstore.keyring import Keyring
from projections.reader import Reader
from tests.cooperative import found
from tests.projections.world import World


@pytest.fixture
def world(dsn: str, keyring: Keyring) -> Iterator[World]:
    """The cooperative as founded, nothing projected yet."""
    founded = World(dsn, keyring)
    try:
        found(founded.perform)
        yield founded
    finally:
        founded.close()


@pytest.fixture
def reader(world: World) -> Reader:
    """A reader of the founded cooperative's read models."""
    world.project()
    return world.reader()
