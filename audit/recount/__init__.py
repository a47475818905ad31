"""A decision counted again from the stored facts alone, from the roll to the verdict.

Nothing of Tutti is imported, and the arithmetic is done here once more: what agrees was not made to
agree. The read models are not asked. Whoever has the rows of the log can run it.
"""
