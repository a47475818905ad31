"""Documents behind the facts: the bytes of bank files and receipts, found by their SHA-256."""

from eventstore.documents.store import MOST_BYTES, Documents

__all__ = ["MOST_BYTES", "Documents"]
