"""What is to be done on which day: noted at any time for a day to come, done in the order noted."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from datetime import date, timedelta

Action = Callable[[date], None]


class Agenda:
    """The days of the demo, and what falls on each."""

    def __init__(self, first_day: date) -> None:
        """Begin on that day, with nothing to do."""
        self.today = first_day
        self._days: dict[date, deque[Action]] = defaultdict(deque)

    def on(self, day: date, action: Action) -> None:
        """Note an action for a day, today or later; a day gone by raises ValueError."""
        if day < self.today:
            raise ValueError(f"{day} is gone: it is {self.today}")
        self._days[day].append(action)

    def play(self, until: date) -> None:
        """Live day after day until that day, the last one included."""
        while self.today <= until:
            actions = self._days.pop(self.today, deque())
            while actions:
                actions.popleft()(self.today)
                actions += self._days.pop(self.today, deque())
            self.today += timedelta(days=1)
