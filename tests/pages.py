"""Pages whose steps run: requests over HTTP and commands, in the order in which they stand."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent
from typing import Any

BLOCK = re.compile(r"^ *```(http|sh)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Exchange:
    """One request of a page, and what its answer must hold."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    status: int
    holds: Any


def steps(page: str) -> Iterator[Exchange | list[str]]:
    """Every request of a page and every command, as its words, in order."""
    for kind, block in BLOCK.findall(page):
        if kind == "http":
            yield _exchange(dedent(block))
        else:
            lines = (shlex.split(line, comments=True) for line in block.splitlines())
            yield from (words for words in lines if words)


def exchanges(page: str) -> list[Exchange]:
    """Every request of a page, in order."""
    return [step for step in steps(page) if isinstance(step, Exchange)]


def _exchange(block: str) -> Exchange:
    head, *bodies = [part for part in block.strip().split("\n\n") if part]
    (method, path), *named = [line.split(" ", 1) for line in head.splitlines()]
    headers = {name.rstrip(":"): value for name, value in named}
    status, _, holds = bodies[-1].partition(" ")
    body = json.loads(bodies[0]) if len(bodies) > 1 else None
    return Exchange(method, path, headers, body, int(status), json.loads(holds) if holds else {})


def includes(answer: Any, holds: Any) -> bool:
    """Tell whether an answer holds at least what the page says of it."""
    if isinstance(holds, dict):
        return all(name in answer and includes(answer[name], value) for name, value in holds.items())
    if isinstance(holds, list):
        return all(any(includes(each, value) for each in answer) for value in holds)
    return bool(answer == holds)
