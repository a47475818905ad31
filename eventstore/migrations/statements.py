"""Where one SQL statement ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A semicolon inside a string, a quoted name, a comment or a dollar-quoted body ends nothing.
_PIECE = re.compile(
    r"""
    (?P<end>;)
    | --[^\n]*
    | /\*.*?\*/
    | '(?:[^']|'')*'
    | "(?:[^"]|"")*"
    | \$(?P<tag>\w*)\$ .*? \$(?P=tag)\$
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)


def statements(sql: str) -> Iterator[str]:
    """Yield the statements of a file one by one, without the semicolon that ends each."""
    start = 0
    for piece in _PIECE.finditer(sql):
        if piece["end"]:
            yield sql[start : piece.start()].strip()
            start = piece.end()
    if _COMMENT.sub("", sql[start:]).strip():
        yield sql[start:].strip()
