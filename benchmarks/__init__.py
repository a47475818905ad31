"""What is measured, against what, and by which protocol: docs/reference/benchmarks.md.

Every figure is a ratio to a limit or a peer of the same run. Only commands count that were
acknowledged and are durable, with every rule checked; after each run the log is audited.
"""
