"""Promises of the event store, each on a real PostgreSQL."""
