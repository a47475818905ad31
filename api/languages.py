"""Which language an answer speaks: the one asked for in `Accept-Language`, English if it is none of ours."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Request

from domain.errors import LANGUAGES

DEFAULT = "en"
MOST_ASKED = 20
"""How many languages of a request are looked at."""

_ASKED = re.compile(
    r"([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]+)?(?:[ \t]*;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?"
)


def language_of(request: Request) -> str:
    """Return the language a request asks for."""
    return preferred(",".join(request.headers.getlist("Accept-Language")))


Spoken = Annotated[str, Depends(language_of)]


def preferred(accepted: str) -> str:
    """Return the language preferred by an `Accept-Language` (RFC 9110, 12.5.4); what cannot be read is passed over.

    The first one named wins among equals; a region says nothing (`fr-BE` is French).
    """
    best, weight = DEFAULT, 0
    for part in accepted.split(",", MOST_ASKED)[:MOST_ASKED]:
        asked = _ASKED.fullmatch(part.strip())
        if asked is None:
            continue
        name, thousandths = asked[1].lower(), _thousandths(asked[2])
        name = DEFAULT if name == "*" else name
        if name in LANGUAGES and thousandths > weight:
            best, weight = name, thousandths
    return best


def headers_of(lang: str) -> dict[str, str]:
    """Return the headers of an answer in this language."""
    return {"Content-Language": lang, "Vary": "Accept-Language"}


def _thousandths(quality: str | None) -> int:
    whole, _, fraction = (quality or "1").partition(".")
    return int(whole) * 1000 + int(fraction.ljust(3, "0"))
