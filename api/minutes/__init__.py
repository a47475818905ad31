"""The minutes of an assembly: drawn up from its facts, in three languages, as a page and as paper."""

from api.minutes.drawing import Drawn, draw, drawn_up_by_us

__all__ = ["Drawn", "draw", "drawn_up_by_us"]
