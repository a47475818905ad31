"""One aggregate a file: its facts, what they change, and the decisions that record them."""
