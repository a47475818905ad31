"""The minutes of an assembly: drawn up from its facts, in three languages, as a page, as paper, as data."""

from api.minutes.content import content_of
from api.minutes.drawing import Drawn, draw, drawn_up_by_us
from api.minutes.trail import MeetingTrail, trail_of

__all__ = ["Drawn", "MeetingTrail", "content_of", "draw", "drawn_up_by_us", "trail_of"]
