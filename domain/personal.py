"""Which fields of a fact are personal, about whom, and how long they must be readable.

A field marked `Personal` is stored sealed with a key of its subject and retention class
(GDPR art. 5(1)(e), 17). Once that key is destroyed the field reads `ERASED`; the fact stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ERASED = "[erased]"


class Retention(StrEnum):
    """Why, and so how long, a personal field is kept; durations are dated parameters."""

    CONTACT = "contact"
    ACCOUNTING = "accounting"
    GOVERNANCE = "governance"


@dataclass(frozen=True)
class Personal:
    """Marks a `str`, `str | None` or `tuple[str, ...]` field as personal.

    `subject` names the field of the same event that holds the subject's random id.
    """

    retention: Retention
    subject: str
