"""A document says the same as a page and as paper, whatever stands in it."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from interchange.documents.pages import page
from interchange.documents.paper import paper
from interchange.documents.records import Document, Facts, Paragraph, Section, Table

SIGNS = '#set *bold* _under_ $x$ <b>&amp; @ref `code` \\n "q" // --- [a] {b} ~ = + / é €'
LINES = "first line\nsecond line"


def document(lang: str = "en", text: str = SIGNS, rows: int = 2) -> Document:
    """Return a document with every kind of block."""
    table = Table(
        "Votes", ("Member", "Votes"), tuple((f"M-{n}", f"{n:,}") for n in range(rows)), frozenset({1})
    )
    return Document(
        lang=lang,
        title=text,
        subtitle=text,
        dated=date(2026, 5, 30),
        sections=(
            Section(text, (Paragraph(text), Paragraph(LINES), Facts(((text, text),)))),
            Section("Roll", (table,), level=3),
        ),
        foot=f"position 12 {text}",
    )


class _Texts(HTMLParser):
    """The texts of a page by the tags around them, as a browser would hand them to a reader."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open[-1] != "style":
            self.found.append((self._open[-1], data))


def catalogue(pdf: bytes) -> Any:
    """Return the catalogue of a PDF: what it says of itself."""
    return PdfReader(BytesIO(pdf)).root_object


def said(pdf: bytes) -> str:
    """Return what a PDF says, without the white space that a typesetter is free to choose."""
    return "".join("".join(each.extract_text().split()) for each in PdfReader(BytesIO(pdf)).pages)


def test_a_page_says_everything_as_it_is() -> None:
    found = _Texts(page(document())).found
    for tag in ("title", "h1", "h2", "dt", "dd"):
        assert (tag, SIGNS) in found
    assert ("p", SIGNS) in found
    assert ("p", LINES) in found
    assert ("h3", "Roll") in found
    assert [text for tag, text in found if tag == "td"] == ["M-0", "0", "M-1", "1"]
    assert ("footer", f"position 12 {SIGNS}") in found


@pytest.mark.parametrize("lang", ["en", "fr", "nl"])
def test_a_page_and_a_paper_name_their_language(lang: str) -> None:
    assert f'<html lang="{lang}">' in page(document(lang))
    assert catalogue(paper(document(lang)))["/Lang"] == lang


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=80))
@settings(max_examples=50, deadline=None)
def test_no_text_is_taken_for_a_tag(text: str) -> None:
    texts = [data for tag, data in _Texts(page(document(text=f"x{text}"))).found if tag == "h2"]
    assert texts == [f"x{text}"]


def test_a_paper_says_everything_as_it_is() -> None:
    text = said(paper(document()))
    plain = "".join(SIGNS.split())
    # Title, subtitle, heading, paragraph, name and value of a fact, foot.
    assert text.count(plain) >= 7
    assert "firstlinesecondline" in text
    assert "M-00M-11" in text


def test_a_long_table_runs_over_pages_and_repeats_its_headings() -> None:
    reader = PdfReader(BytesIO(paper(document(rows=300))))
    texts = [each.extract_text() for each in reader.pages]
    assert len(texts) > 3
    assert all("Member" in text for text in texts)
    assert "M-299" in texts[-1]
    assert f"2 / {len(texts)}" in texts[1]


def test_a_paper_is_tagged_archivable_and_the_same_each_time() -> None:
    made = paper(document())
    assert made == paper(document())
    root = catalogue(made)
    assert root["/MarkInfo"]["/Marked"]
    assert "/OutputIntents" in root
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
