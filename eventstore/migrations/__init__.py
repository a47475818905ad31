"""The tables of the log, and how they come into a database."""
