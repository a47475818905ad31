"""A document as PDF, set by typst: tagged, archivable (PDF/A-2a), the same bytes for the same document.

typst is a language: what a document says goes in as data, never as a part of the program.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Literal

import typst

from interchange.documents.records import Block, Document, Facts, Paragraph, Section

_STANDARD: Literal["a-2a"] = "a-2a"


def paper(document: Document) -> bytes:
    """Return the document as PDF."""
    program = files("interchange.documents").joinpath("document.typ").read_bytes()
    return typst.compile(
        program,
        format="pdf",
        sys_inputs={"document": json.dumps(_told(document), ensure_ascii=False)},
        pdf_standards=_STANDARD,
        ignore_system_fonts=True,
    )


def _told(document: Document) -> dict[str, object]:
    return {
        "lang": document.lang,
        "title": document.title,
        "subtitle": document.subtitle,
        "dated": [document.dated.year, document.dated.month, document.dated.day],
        "foot": document.foot,
        "sections": list(map(_section, document.sections)),
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "heading": section.heading,
        "level": section.level,
        "blocks": list(map(_block, section.blocks)),
    }


def _block(block: Block) -> dict[str, object]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text}
    if isinstance(block, Facts):
        return {"kind": "facts", "pairs": [list(pair) for pair in block.pairs]}
    return {
        "kind": "table",
        "caption": block.caption,
        "headings": list(block.headings),
        "rows": [list(row) for row in block.rows],
        "numbers": sorted(block.numbers),
    }
