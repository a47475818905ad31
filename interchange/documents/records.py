"""What a document is made of: headings, paragraphs, facts by name, and tables; nothing of how it looks.

Every text is shown as it is: no sign in it means anything to a page or to a typesetter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Paragraph:
    """Running text; each line break in it is kept."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Named facts, one a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Rows under headings; each row has as many cells as there are headings.

    `numbers` are the places, from 0, of the columns that hold numbers.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


Block = Paragraph | Facts | Table


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; `level` is 2 for a section and 3 for a part of one."""

    heading: str
    blocks: tuple[Block, ...]
    level: int = 2


@dataclass(frozen=True)
class Document:
    """A document in one language (`en`, `fr` or `nl`); `dated` is the day it is of.

    `foot` stands on every page, such as what the document rests on.
    """

    lang: str
    title: str
    subtitle: str
    dated: date
    sections: tuple[Section, ...]
    foot: str
