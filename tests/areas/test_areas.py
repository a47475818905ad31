"""Each area of the ledger agrees with a paper of its own, whatever is asked of it and in whatever order."""

from __future__ import annotations

from hypothesis import settings

from tests.areas.between import Between
from tests.areas.bill_set_offs import BillSetOffs
from tests.areas.cutovers import Cutovers
from tests.areas.doubts import Doubts
from tests.areas.drafts import Drafts
from tests.areas.late import Late
from tests.areas.meetings import Meetings
from tests.areas.offices import Offices
from tests.areas.plans import Plans
from tests.areas.refunds import YearAndRefunds
from tests.areas.set_offs import SetOffs

SHORT = settings(max_examples=30, stateful_step_count=40, deadline=None)

TestTheYear = YearAndRefunds.TestCase
TestTheYear.settings = SHORT

TestSetOffs = SetOffs.TestCase
TestSetOffs.settings = SHORT

TestLate = Late.TestCase
TestLate.settings = SHORT

TestBillSetOffs = BillSetOffs.TestCase
TestBillSetOffs.settings = SHORT

TestBetween = Between.TestCase
TestBetween.settings = SHORT

TestPlans = Plans.TestCase
TestPlans.settings = SHORT

TestOffices = Offices.TestCase
TestOffices.settings = SHORT

TestCutovers = Cutovers.TestCase
TestCutovers.settings = SHORT

TestMeetings = Meetings.TestCase
TestMeetings.settings = SHORT

TestDoubts = Doubts.TestCase
TestDoubts.settings = SHORT

TestDrafts = Drafts.TestCase
TestDrafts.settings = SHORT
