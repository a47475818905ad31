"""What the streams of a mutual fund, its aid and its guarantees all speak of."""

from __future__ import annotations

from enum import StrEnum


class LedgerPolicy(StrEnum):
    """How the legal books show the fund; the accountant decides.

    A reserve is no running policy: it is appropriated once a year from the result (692 / 131).
    """

    LIABILITY = "liability"
    PROVISION = "provision"
    ANALYTIC_ONLY = "analytic-only"


class FundUse(StrEnum):
    """What the fund gives money for."""

    GRANT = "grant"
    ADVANCE = "advance"
    GUARANTEE = "guarantee"
