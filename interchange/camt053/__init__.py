"""Bank statements in the format camt.053 of ISO 20022: read from any bank, written for our own."""

from __future__ import annotations

from interchange.camt053.compose import entry_of, statement_of
from interchange.camt053.reader import read_camt053
from interchange.camt053.records import BankEntry, BankFile, BankStatement
from interchange.camt053.writer import write_camt053

__all__ = [
    "BankEntry",
    "BankFile",
    "BankStatement",
    "entry_of",
    "read_camt053",
    "statement_of",
    "write_camt053",
]
