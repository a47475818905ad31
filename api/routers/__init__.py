"""One router an area: parse, ask, render."""
