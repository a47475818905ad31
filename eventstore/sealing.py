"""Sealed fields: the personal part of a fact, readable only while its subject's key lives."""

from __future__ import annotations

from collections.abc import Callable
from os import urandom

from eventstore.keystore import SubjectKeys


class Sealer:
    """Seals and opens the personal fields of one event."""

    def __init__(self, keys: SubjectKeys, *, entropy: Callable[[int], bytes] = urandom) -> None:
        self._keys = keys
        self._entropy = entropy
