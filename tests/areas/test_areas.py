"""Each area of the ledger agrees with a paper of its own, whatever is asked of it and in whatever order."""

from __future__ import annotations

from hypothesis import settings

from tests.areas.set_offs import SetOffs
from tests.areas.the_year import TheYear

SHORT = settings(max_examples=15, stateful_step_count=40, deadline=None)

TestTheYear = TheYear.TestCase
TestTheYear.settings = SHORT

TestSetOffs = SetOffs.TestCase
TestSetOffs.settings = SHORT
