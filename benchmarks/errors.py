"""Every way a benchmark says no. The docstring is the sentence the user reads.

* BenchmarkRefusal
  + NotOnDisk
  + NoPgbench
  + PgbenchFailed
  + NotPgledger
  + UnknownFigure
  + NoMarkedTable
  + DoesNotCount
"""

from __future__ import annotations

from domain.errors import Refusal


class BenchmarkRefusal(Refusal):
    """The benchmark cannot be run so that its figures would mean something."""

    code = "benchmark-refused"


class NotOnDisk(BenchmarkRefusal):
    """This folder is in memory, where nothing is durable: name one on a disk with --folder."""

    code = "not-on-disk"


class NoPgbench(BenchmarkRefusal):
    """There is no pgbench here to measure the limits by: install PostgreSQL's client programs."""

    code = "no-pgbench"


class PgbenchFailed(BenchmarkRefusal):
    """The program pgbench did not end as it should."""

    code = "pgbench-failed"


class NotPgledger(BenchmarkRefusal):
    """This folder is not a checkout of pgledger: pgledger.sql or the ulid.sql it needs is not there."""

    code = "not-pgledger"


class UnknownFigure(BenchmarkRefusal):
    """There is no figure of this name."""

    code = "unknown-figure"


class NoMarkedTable(BenchmarkRefusal):
    """This page has no place for the table, between its two marks."""

    code = "no-marked-table"


class DoesNotCount(BenchmarkRefusal):
    """The ledger does not hold exactly what it acknowledged, so that no figure of this run counts."""

    code = "does-not-count"
