"""Plain-text journals, for programs that check our books without our code."""
