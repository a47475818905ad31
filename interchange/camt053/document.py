"""XML from strangers: parsed without following anything, read by local name, with its place.

Elements are found by local name, since each version has a namespace of its own and some banks
write one of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree
from lxml.etree import _Element, _ElementTree

from domain.money import cents_of
from interchange.errors import (
    AmountNotInCents,
    CurrencyNotEuro,
    DoctypeNotAllowed,
    FileTooLarge,
    NotACamt053,
    NotXml,
    StatementUnreadable,
)

MAX_BYTES = 50_000_000
"""Some 27,000 entries. The parser bounds depth (256) and the length of one text (10 MB) itself."""

_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{0,10})?")
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([TZ+-].*)?")


_OTHER_FORMATS = (
    (re.compile(rb"0000[0-9]"), "CODA"),
    (re.compile(rb"\s*(\{1:|:20:)"), "MT940"),
    (re.compile(rb"%PDF"), "PDF"),
    (re.compile(rb"PK\x03\x04"), "ZIP"),
)


def parsed(content: bytes) -> _ElementTree:
    """Parse `content`, without entities, network or document type.

    Raises FileTooLarge, NotACamt053 for a format that is known by its first bytes, DoctypeNotAllowed or
    NotXml (with the line).
    """
    if len(content) > MAX_BYTES:
        raise FileTooLarge(bytes=len(content), most=MAX_BYTES)
    # Looked for before parsing, so that no declared entity is ever expanded; without the NULs,
    # so that UTF-16 and UTF-32 hide nothing; and after it, for encodings stranger than these (UTF-7).
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise DoctypeNotAllowed
    other = _other_format(content)
    if other:
        raise NotACamt053(found=other)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotXml(line=error.lineno, reason=(error.msg or "").partition("\n")[0]) from error
    tree = root.getroottree()
    if tree.docinfo.internalDTD is not None:
        raise DoctypeNotAllowed
    return tree


def _other_format(content: bytes) -> str:
    return next((name for first, name in _OTHER_FORMATS if first.match(content)), "")


@dataclass(frozen=True, slots=True)
class Node:
    """An element, and how to tell a person where it stands (`within`: statement, entry)."""

    element: _Element
    within: str

    @property
    def place(self) -> str:
        """Where this element stands, for a person."""
        return f"{self.within}, line {self.element.sourceline}"

    def all(self, *path: str) -> Iterator[Node]:
        """Yield the elements at a path of local names below this one, in document order."""
        for element in self.element.iterfind("/".join(f"{{*}}{name}" for name in path) or "."):
            yield Node(element, self.within)

    def first(self, *path: str) -> Node | None:
        """Return the first element at a path, or None."""
        return next(self.all(*path), None)

    def text(self, *path: str) -> str:
        """Return the text at a path with single spaces, empty if there is none."""
        node = self.first(*path)
        return "" if node is None else " ".join((node.element.text or "").split())

    def texts(self, *path: str) -> list[str]:
        """Return the texts at a path which are not empty."""
        return [text for node in self.all(*path) if (text := node.text())]

    def day(self, *path: str) -> date | None:
        """Return the day at a path (Dt or DtTm below it) as the bank wrote it, or None.

        A time zone moves nothing: the bank's day is the day. Raises StatementUnreadable.
        """
        text = self.text(*path, "Dt") or self.text(*path, "DtTm") or self.text(*path)
        if not text:
            return None
        written = _DATE.fullmatch(text)
        try:
            return date.fromisoformat(written[1] if written else "")
        except ValueError as error:
            raise StatementUnreadable(reason=f"not a date: {text[:40]}", place=self.place) from error

    def cents(self, currency: str) -> int:
        """Return the amount below this element (Amt) in cents, without a sign.

        `currency` is that of the account, for an amount that names none. Raises
        StatementUnreadable, CurrencyNotEuro or AmountNotInCents.
        """
        node = self.first("Amt")
        if node is None:
            raise StatementUnreadable(reason="no amount", place=self.place)
        stated = node.element.get("Ccy", currency)
        if stated != "EUR":
            raise CurrencyNotEuro(currency=stated[:10] or "none", place=node.place)
        text = node.text()
        if not _AMOUNT.fullmatch(text):
            raise StatementUnreadable(reason=f"not an amount: {text[:40]}", place=node.place)
        try:
            return cents_of(text)
        except ValueError as error:
            raise AmountNotInCents(amount=text, place=node.place) from error
