"""Files of ballots: BLT read and written, PrefLib read, the trail of papers as CSV; bytes <-> records."""

from interchange.ballots.blt import read_blt, write_blt
from interchange.ballots.papers import PaperLine, write_papers
from interchange.ballots.preflib import read_preflib
from interchange.ballots.reading import read_ballots

__all__ = ["PaperLine", "read_ballots", "read_blt", "read_preflib", "write_blt", "write_papers"]
