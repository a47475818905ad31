"""Whether a poll is by roll-call or secret, and what a scheme for secret polls must be able to do.

A roll-call needs no scheme: every vote is a fact. For a secret poll the ballots are in no fact before
the box is opened, and never with a member in one: that takes cryptography which has been reviewed. As
long as no scheme is registered here, a secret poll is refused and nobody is promised a secrecy that
is not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from domain.errors import SecretPollNotOffered


class Secrecy(StrEnum):
    """Who can see who said what."""

    ROLL_CALL = "roll-call"
    SECRET = "secret"  # noqa: S105 - a word of the list, and no password


class SecretScheme(Protocol):
    """How ballots stay secret: one-time keys are issued to voters, the box is opened after the close."""

    name: str

    def keys_fit(self, *, issued: Sequence[bytes], ballots: Sequence[bytes]) -> bool:
        """Tell whether each ballot was made with one of the issued keys, and each key was used once."""
        ...

    def read(self, box: Sequence[bytes], box_key: bytes) -> Sequence[str]:
        """Return what each ballot of the opened box says, in the order of their hashes."""
        ...


SCHEMES: Mapping[Secrecy, SecretScheme] = {}
"""The schemes that may be used; none has been reviewed yet."""


def require_offered(secrecy: Secrecy) -> None:
    """Refuse a poll whose secrecy nothing here can keep; raises SecretPollNotOffered."""
    if secrecy is not Secrecy.ROLL_CALL and secrecy not in SCHEMES:
        raise SecretPollNotOffered(secrecy=secrecy)
