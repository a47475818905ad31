"""Files of ballots: BLT read and written, PrefLib read; bytes <-> contests."""

from interchange.ballots.blt import read_blt, write_blt
from interchange.ballots.preflib import read_preflib
from interchange.ballots.reading import read_ballots

__all__ = ["read_ballots", "read_blt", "read_preflib", "write_blt"]
