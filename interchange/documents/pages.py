"""A document as one page of HTML: complete in itself, without script, readable without its style."""

from __future__ import annotations

from html import escape

from interchange.documents.records import Block, Document, Facts, Paragraph, Section, Table

_STYLE = """
body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b }
h1 { margin-bottom: 0 } .subtitle { margin-top: .25rem; color: #555 }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 }
caption { text-align: left; font-weight: 600; padding: .25rem 0 }
th, td { text-align: left; vertical-align: top; padding: .25rem .5rem; border-bottom: 1px solid #ccc }
.number { text-align: right; font-variant-numeric: tabular-nums }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem } dt { color: #555 } dd { margin: 0 }
dd, td, p { overflow-wrap: anywhere } p { white-space: pre-line }
footer { margin-top: 2rem; padding-top: .5rem; border-top: 1px solid #ccc; font-size: .85rem; overflow-wrap: anywhere }
@media print { body { max-width: none; margin: 0 } }
""".strip()


def page(document: Document) -> str:
    """Return the document as HTML, UTF-8."""
    title = escape(document.title)
    body = "\n".join(map(_section, document.sections))
    return (
        f'<!doctype html>\n<html lang="{escape(document.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n"
        f'<h1>{title}</h1>\n<p class="subtitle">{escape(document.subtitle)}</p>\n{body}\n</main>\n'
        f"<footer>{escape(document.foot)}</footer>\n</body>\n</html>\n"
    )


def _section(section: Section) -> str:
    name = f"h{section.level}"
    blocks = "\n".join(map(_block, section.blocks))
    return f"<section>\n<{name}>{escape(section.heading)}</{name}>\n{blocks}\n</section>"


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    if isinstance(block, Facts):
        pairs = "".join(f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in block.pairs)
        return f"<dl>{pairs}</dl>"
    return _table(block)


def _table(table: Table) -> str:
    head = "".join(
        f'<th scope="col"{_class(place, table)}>{escape(heading)}</th>'
        for place, heading in enumerate(table.headings)
    )
    rows = "".join(
        "<tr>"
        + "".join(f"<td{_class(place, table)}>{escape(cell)}</td>" for place, cell in enumerate(row))
        + "</tr>\n"
        for row in table.rows
    )
    caption = f"<caption>{escape(table.caption)}</caption>"
    return f"<table>\n{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>"


def _class(place: int, table: Table) -> str:
    return ' class="number"' if place in table.numbers else ""
