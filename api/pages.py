"""The pages a person reads without a key: the operations, and what each problem means.

Rendered here, complete in themselves: no script, no font and no style from anywhere else.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.errors import NoSuchProblem
from api.languages import DEFAULT, headers_of, language_of
from api.problems import catalogue, status_of

router = APIRouter(include_in_schema=False)

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #888;padding:.4rem;"
    "text-align:left;vertical-align:top}code{overflow-wrap:anywhere}"
)
_STYLE_SHA256 = b64encode(sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_SHA256}'; base-uri 'none'; frame-ancestors 'none'"
    )
}


class _Words(NamedTuple):
    """What the pages about problems say beside the sentences of the problems."""

    problems: str
    code: str
    status: str
    says: str
    case_of: str
    all_problems: str


_SAID = {
    "en": _Words("Problems", "Code", "HTTP status", "What it says", "It is a case of:", "All problems"),
    "fr": _Words(
        "Problèmes", "Code", "Statut HTTP", "Ce qu'il dit", "C'est un cas de :", "Tous les problèmes"
    ),
    "nl": _Words(
        "Problemen", "Code", "HTTP-status", "Wat het zegt", "Het is een geval van:", "Alle problemen"
    ),
}


@router.get("/")
def home() -> RedirectResponse:
    """Lead who opens the address itself to what there is."""
    return RedirectResponse("/docs")


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """List the operations of the API."""
    document = request.app.openapi()
    rows = [
        (f"{method.upper()} {path}", operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    table = _table(
        ("Request", "What it does", "Roles"),
        (
            (
                f"<code>{escape(asked)}</code>",
                escape(operation["summary"]),
                escape(", ".join(operation.get("x-roles", ["anyone"]))),
            )
            for asked, operation in rows
        ),
    )
    intro = (
        f"<p>{escape(document['info']['description'])}</p>"
        '<p>The whole description: <a href="/openapi.json">openapi.json</a>. '
        'Why a request is refused: <a href="/problems">problems</a>.</p>'
    )
    return _page(document["info"]["title"], intro + table)


@router.get("/problems")
def problems(request: Request) -> HTMLResponse:
    """List every problem by its code, in the language asked for."""
    lang = language_of(request)
    said = _SAID[lang]
    rows = (
        (_link(code), str(status_of(kind)), escape(kind.says(lang))) for code, kind in catalogue().items()
    )
    return _page(said.problems, _table((said.code, said.status, said.says), rows), lang)


@router.get("/problems/{code}")
def problem(request: Request, code: str) -> HTMLResponse:
    """Say what one problem means, in the language asked for."""
    kind = catalogue().get(code)
    if kind is None:
        raise NoSuchProblem
    lang = language_of(request)
    said = _SAID[lang]
    family = [base for base in catalogue().values() if base is not kind and issubclass(kind, base)]
    wider = "".join(f"<li>{_link(base.code)}: {escape(base.says(lang))}</li>" for base in family)
    body = (
        f"<p>{escape(kind.says(lang))}</p><p>{said.status}: {status_of(kind)}.</p>"
        + (f"<p>{said.case_of}</p><ul>{wider}</ul>" if wider else "")
        + f'<p><a href="/problems">{said.all_problems}</a></p>'
    )
    return _page(code, body, lang)


def _link(code: str) -> str:
    return f'<a href="/problems/{escape(code)}"><code>{escape(code)}</code></a>'


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _page(title: str, body: str, lang: str = DEFAULT) -> HTMLResponse:
    html = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)} · Tutti</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(html, headers={**_HEADERS, **headers_of(lang)})
